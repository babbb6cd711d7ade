import { describe, expect, it } from 'vitest';
import { callOn, callStatic, dalvik } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { isSecretName } from './secret-names.ts';
import { STORAGE_RULES } from './storage-rules.ts';

const open = (mode?: number) =>
  callOn('com.example.app.Main.openFileOutput(Ljava/lang/String;I)Ljava/io/FileOutputStream;', 'f', mode);
const readable = (allow: boolean, ownerOnly: boolean) => callOn('java.io.File.setReadable(ZZ)Z', allow, ownerOnly);
const put = (name?: string) =>
  callOn(
    'android.content.SharedPreferences$Editor.putString(Ljava/lang/String;Ljava/lang/String;)Landroid/content/SharedPreferences$Editor;',
    name,
  );
const string = (value: string) => `const-string v0, ${JSON.stringify(value)}`;
const query = callOn(
  'android.database.sqlite.SQLiteDatabase.rawQuery(Ljava/lang/String;[Ljava/lang/String;)Landroid/database/Cursor;',
);
const entryName = callOn('java.util.zip.ZipEntry.getName()Ljava/lang/String;');
const file = callOn('java.io.File.<init>(Ljava/io/File;Ljava/lang/String;)V');

testTable(STORAGE_RULES, {
  'file-open-to-all': {
    bad: [dalvik(open(1)), dalvik(open(32_769))],
    shows: 'mode (1 readable, 2 writable by all)',
    good: [dalvik(open(0)), dalvik(open(32_768)), dalvik(open())],
  },
  'file-rights-to-all': {
    bad: [dalvik(readable(true, false)), dalvik(string('chmod 777 /data/data/x'))],
    good: [dalvik(readable(true, true)), dalvik(readable(false, false)), dalvik(string('chmod 700 /data/data/x'))],
  },
  'shared-storage-use': {
    bad: dalvik(callStatic('android.os.Environment.getExternalStorageDirectory()Ljava/io/File;')),
    good: dalvik(callStatic('android.os.Environment.getDataDirectory()Ljava/io/File;')),
  },
  'own-files-on-shared-storage': {
    bad: dalvik(callOn('com.example.app.Main.getExternalFilesDir(Ljava/lang/String;)Ljava/io/File;')),
    good: dalvik(callOn('com.example.app.Main.getFilesDir()Ljava/io/File;')),
  },
  'storage-path-constant': {
    bad: dalvik(string('/sdcard/Download/x.txt')),
    shows: '/sdcard/Download',
    good: [dalvik(string('/sdcard')), dalvik(string('the folder /sdcard/x'))],
  },
  'secret-in-preferences': {
    bad: dalvik(put('user_password')),
    shows: 'user_password',
    good: [dalvik(put('password_visible')), dalvik(put('theme')), dalvik(put())],
  },
  'secret-in-database': {
    bad: dalvik(string('CREATE TABLE users (name TEXT, password TEXT)')),
    good: [
      dalvik(string('CREATE TABLE users (name TEXT)')),
      dalvik(
        string('CREATE TABLE users (name TEXT, password TEXT)'),
        'new-instance v1, Lnet/sqlcipher/database/SQLiteDatabase;',
      ),
    ],
  },
  'sql-put-together': {
    bad: dalvik(string("SELECT * FROM users WHERE name = '"), query),
    good: [
      dalvik(string('SELECT * FROM users WHERE name = ?'), query),
      dalvik(string("SELECT * FROM users WHERE name = '")),
    ],
  },
  'temporary-files': {
    bad: dalvik(callStatic('java.io.File.createTempFile(Ljava/lang/String;Ljava/lang/String;)Ljava/io/File;')),
    good: dalvik(callOn('java.io.File.createNewFile()Z')),
  },
  'encrypted-preferences': {
    bad: dalvik(
      callStatic(
        'androidx.security.crypto.EncryptedSharedPreferences.create(Ljava/lang/String;)Landroid/content/SharedPreferences;',
      ),
    ),
    good: dalvik(put('theme')),
  },
  'zip-entry-path': {
    bad: dalvik(entryName, file),
    good: [
      dalvik(entryName),
      dalvik(file),
      dalvik(entryName, file, callOn('java.io.File.getCanonicalPath()Ljava/lang/String;')),
    ],
  },
});

describe('isSecretName', () => {
  it.each(['password', 'userPassword', 'KEY_PASSWORD', 'access_token', 'accessToken', 'pin_code', 'db-passphrase'])(
    '%s',
    (name) => expect(isSecretName(name)).toBe(true),
  );
  it.each(['passwordVisible', 'tokenizer', 'compass', 'token', 'bypass', 'x'.repeat(70) + '_password'])(
    'not %s',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});
