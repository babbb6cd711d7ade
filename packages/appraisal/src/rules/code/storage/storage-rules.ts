import { atCall } from '../../../evidence.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { anyOf, argumentsAt, besideIn, called, callsOf, number, passing } from '../find-calls.ts';
import { loading, textBeside } from '../find-near.ts';
import { isSecretName } from './secret-names.ts';

const isOpenMode = number((mode) => (mode & 3) !== 0);

/** `setReadable(true, false)`: for everybody, not for the owner only. */
const openedToAll: Finder = (image, ctx) =>
  callsOf(ctx, [
    'java.io.File.setReadable(ZZ)Z',
    'java.io.File.setWritable(ZZ)Z',
    'java.io.File.setExecutable(ZZ)Z',
  ]).flatMap((call) => {
    const [allow = null, ownerOnly = null] = argumentsAt(image, call)?.parameters ?? [];
    const isOpen =
      allow?.kind === 'number' && allow.value === 1 && ownerOnly?.kind === 'number' && ownerOnly.value === 0;
    return isOpen ? [atCall(call, 'allows it to every app, not only to the owner of the file')] : [];
  });

/** A column that promises a secret, in a table that is made without encryption of the database. */
const secretColumns: Finder = (image, ctx) => {
  const hasCipher = ['net.sqlcipher.database.SQLiteDatabase', 'net.zetetic.database.sqlcipher.SQLiteDatabase'].some(
    (name) => image.code.referencesClass(name),
  );
  if (hasCipher) return [];
  return loading(
    (value) =>
      value.length <= 4_000 &&
      /create table/i.test(value) &&
      /[\s(,"'`](?:password|passwd|access_token|refresh_token|auth_token|private_key|secret_key|credit_card|cvv)["'`]?\s+(?:text|varchar|blob|string)/i.test(
        value,
      ),
    'makes a table with a column that promises a secret',
  )(image, ctx);
};

/** Where data is put. Sources: android.content.Context modes; OWASP MASTG, testing local storage. */
export const STORAGE_RULES = codeTable([
  {
    name: 'file-open-to-all',
    title: 'The app makes a file that every app may read or write',
    why: 'MODE_WORLD_READABLE and MODE_WORLD_WRITEABLE open private data to every app on Android 6 and older; newer versions refuse them.',
    remedy: 'Use MODE_PRIVATE, and a content provider to share.',
    severity: 'medium',
    points: 3,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['STORAGE-2'],
    cwe: [276, 732],
    attack: ['T1409'],
    find: passing(
      [
        '*.openFileOutput(Ljava/lang/String;I)Ljava/io/FileOutputStream;',
        '*.getSharedPreferences(Ljava/lang/String;I)Landroid/content/SharedPreferences;',
        '*.getDir(Ljava/lang/String;I)Ljava/io/File;',
        '*.openOrCreateDatabase(Ljava/lang/String;ILandroid/database/sqlite/SQLiteDatabase$CursorFactory;)Landroid/database/sqlite/SQLiteDatabase;',
      ],
      1,
      isOpenMode,
      'mode (1 readable, 2 writable by all)',
    ),
  },
  {
    name: 'file-rights-to-all',
    title: 'The app opens a file to all apps by its rights',
    why: 'Other apps can read the file, replace it, or have the app run what they put there.',
    remedy: 'Leave the rights alone, and share through a content provider.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['STORAGE-2'],
    cwe: [276],
    find: anyOf(
      openedToAll,
      loading(
        (value) => /\bchmod\s+(?:-\w+\s+)?0?[0-7]?[0-7][67][67]\b/.test(value),
        'a command that opens a file to everybody',
      ),
    ),
  },
  {
    name: 'shared-storage-use',
    title: 'The app uses the storage that apps share',
    why: 'On Android 9 and older, and for apps with access to all files, every app with the storage permission can read and replace what lies there.',
    remedy: 'Use the app’s own directories, or the media store.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [921],
    attack: ['T1533'],
    find: called(
      'asks for the shared storage',
      'android.os.Environment.getExternalStorageDirectory',
      'android.os.Environment.getExternalStoragePublicDirectory',
    ),
  },
  {
    name: 'own-files-on-shared-storage',
    title: 'The app keeps files in its directory on shared storage',
    why: 'Before Android 11 other apps with the storage permission could read there. It judges nothing: pictures and caches belong there.',
    remedy: 'Keep secrets in the internal directories.',
    masvs: ['STORAGE-2'],
    cwe: [921],
    find: called(
      'asks for its directory on shared storage',
      '*.getExternalFilesDir(Ljava/lang/String;)Ljava/io/File;',
      '*.getExternalCacheDir()Ljava/io/File;',
      '*.getExternalFilesDirs(Ljava/lang/String;)[Ljava/io/File;',
    ),
  },
  {
    name: 'storage-path-constant',
    title: 'The code holds paths of shared storage',
    why: 'Such paths fail on phones that lay storage out in another way, and point to where other apps can read and write.',
    remedy: 'Ask the platform for the directory.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [921],
    find: loading(
      (value) =>
        value.length <= 200 &&
        /^(?:file:\/\/)?\/(?:mnt\/)?(?:sdcard|storage\/emulated\/0|storage\/sdcard0)\/[\w.]/.test(value),
      'a path of shared storage',
    ),
  },
  {
    name: 'secret-in-preferences',
    title: 'The app keeps a value in its preferences under a name that promises a secret',
    why: 'Preferences are a readable file: a backup, a rooted phone or a forensic tool shows what is in it.',
    remedy: 'Encrypt it with a key of the Android keystore, or do not keep it.',
    severity: 'low',
    points: 2,
    classes: ['data-leak'],
    masvs: ['STORAGE-1'],
    cwe: [312, 522],
    attack: ['T1409'],
    find: passing(
      'android.content.SharedPreferences$Editor.putString',
      0,
      (constant) => constant.kind === 'string' && isSecretName(constant.value),
      'puts a value under',
    ),
  },
  {
    name: 'secret-in-database',
    title: 'The app makes an unencrypted table with a column that promises a secret',
    why: 'The database is a readable file: a backup, a rooted phone or a forensic tool shows what is in it.',
    remedy: 'Encrypt the column with a key of the Android keystore, or the database with SQLCipher.',
    severity: 'low',
    points: 2,
    classes: ['data-leak'],
    masvs: ['STORAGE-1'],
    cwe: [312],
    attack: ['T1409'],
    find: secretColumns,
  },
  {
    name: 'sql-put-together',
    title: 'The app puts SQL statements together from parts',
    why: 'If one of the parts comes from outside, it can change the statement: read other rows, or delete them.',
    remedy: 'Use ? and pass the values as arguments.',
    severity: 'low',
    points: 1.5,
    classes: ['vulnerability'],
    masvs: ['CODE-4'],
    cwe: [89],
    find: textBeside(
      [
        '*.rawQuery(Ljava/lang/String;[Ljava/lang/String;)Landroid/database/Cursor;',
        'android.database.sqlite.SQLiteDatabase.execSQL(Ljava/lang/String;)V',
      ],
      (value) =>
        value.length <= 2_000 &&
        /\b(?:select|delete|update|insert)\b/i.test(value) &&
        /(?:=\s*['"]?|\blike\s+['"]%?|\bvalues\s*\(\s*['"]?)$/i.test(value),
      'a statement that goes on with something else',
    ),
  },
  {
    name: 'temporary-files',
    title: 'The app makes temporary files',
    why: 'What is left in them stays until somebody deletes it. It judges nothing.',
    remedy: 'Delete them, and keep secrets out of them.',
    masvs: ['STORAGE-2'],
    cwe: [377],
    find: called('makes a temporary file', 'java.io.File.createTempFile'),
  },
  {
    name: 'encrypted-preferences',
    title: 'The app encrypts preferences with a key of the keystore',
    why: 'What is kept there cannot be read from a copy of the file. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['STORAGE-1'],
    find: called('opens encrypted preferences', 'androidx.security.crypto.EncryptedSharedPreferences.create'),
  },
  {
    name: 'zip-entry-path',
    title: 'Files are written under the names that an archive gives',
    why: 'An entry called ../../x leads out of the directory: an archive from outside can overwrite other files of the app, its code included.',
    remedy: 'Compare the canonical path with the directory before writing.',
    severity: 'low',
    points: 2,
    classes: ['vulnerability'],
    masvs: ['CODE-4'],
    cwe: [22],
    find: besideIn(
      ['java.util.zip.ZipEntry.getName'],
      [
        'java.io.File.<init>(Ljava/io/File;Ljava/lang/String;)V',
        'java.io.File.<init>(Ljava/lang/String;Ljava/lang/String;)V',
        'java.io.FileOutputStream.<init>(Ljava/lang/String;)V',
      ],
      'the name is read where files are named',
      [
        'java.io.File.getCanonicalPath',
        'java.io.File.getCanonicalFile',
        'java.nio.file.Path.normalize',
        'java.lang.String.contains',
        'java.lang.String.startsWith',
        'java.lang.String.equals',
        'java.lang.String.lastIndexOf',
        'java.io.File.getName',
      ],
    ),
  },
]);
