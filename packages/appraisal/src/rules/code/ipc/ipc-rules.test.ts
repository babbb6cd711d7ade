import { callOn, callStatic, dalvik, dalvikClass } from '../../../testing/dalvik.ts';
import { testTable } from '../../../testing/test-table.ts';
import { INTENT_RULES } from './intent-rules.ts';
import { PENDING_INTENT_RULES } from './pending-intent-rules.ts';
import { RECEIVER_RULES } from './receiver-rules.ts';

const IMMUTABLE = 0x0400_0000;
const MUTABLE = 0x0200_0000;
const pending = (flags?: number) =>
  callStatic(
    'android.app.PendingIntent.getActivity(Landroid/content/Context;ILandroid/content/Intent;I)Landroid/app/PendingIntent;',
    undefined,
    undefined,
    undefined,
    flags,
  );
const action = callOn('android.content.Intent.<init>(Ljava/lang/String;)V', 'com.example.app.SHOW');
const toPackage = callOn('android.content.Intent.setPackage(Ljava/lang/String;)Landroid/content/Intent;');
const target = (targetSdk: number) => ({ manifest: { targetSdk } });

testTable(PENDING_INTENT_RULES, {
  'pending-intent-mutable': {
    bad: dalvik(pending(MUTABLE)),
    shows: '0x2000000',
    good: [dalvik(pending(IMMUTABLE)), dalvik(pending(0)), dalvik(pending())],
  },
  'pending-intent-mutable-by-default': {
    bad: { ...dalvik(pending(0x0800_0000)), ...target(30) },
    good: [
      { ...dalvik(pending(0)), ...target(33) },
      { ...dalvik(pending(IMMUTABLE)), ...target(30) },
      { ...dalvik(pending()), ...target(30) },
    ],
  },
  'pending-intent-implicit': {
    bad: dalvik(action, pending(MUTABLE)),
    good: [dalvik(action, toPackage, pending(MUTABLE)), dalvik(action, pending(IMMUTABLE)), dalvik(pending(MUTABLE))],
  },
});

const REGISTER =
  'com.example.app.Main.registerReceiver(Landroid/content/BroadcastReceiver;Landroid/content/IntentFilter;';
const register = callOn(`${REGISTER})Landroid/content/Intent;`);
const registerFlags = (flags?: number) => callOn(`${REGISTER}I)Landroid/content/Intent;`, undefined, undefined, flags);
const filter = (name?: string) => callOn('android.content.IntentFilter.<init>(Ljava/lang/String;)V', name);
const extra = (name?: string) =>
  callOn('android.content.Intent.putExtra(Ljava/lang/String;Ljava/lang/String;)Landroid/content/Intent;', name);
const send = callOn('com.example.app.Main.sendBroadcast(Landroid/content/Intent;)V');

testTable(RECEIVER_RULES, {
  'receiver-open-by-flag': { bad: dalvik(registerFlags(2)), good: [dalvik(registerFlags(4)), dalvik(registerFlags())] },
  'receiver-open-by-default': {
    bad: { ...dalvik(filter('com.example.app.SYNC'), register), ...target(33) },
    shows: 'com.example.app.SYNC',
    good: [
      { ...dalvik(filter('com.example.app.SYNC'), register), ...target(34) },
      { ...dalvik(filter('android.intent.action.BATTERY_LOW'), register), ...target(33) },
      { ...dalvik(filter('com.example.app.SYNC')), ...target(33) },
    ],
  },
  'broadcast-with-secret': {
    bad: dalvik(extra('access_token'), send),
    shows: 'access_token',
    good: [dalvik(extra('access_token'), toPackage, send), dalvik(extra('page'), send), dalvik(extra('access_token'))],
  },
  'sticky-broadcast': {
    bad: dalvik(callOn('com.example.app.Main.sendStickyBroadcast(Landroid/content/Intent;)V')),
    good: dalvik(send),
  },
});

const inner = callOn('android.content.Intent.getParcelableExtra(Ljava/lang/String;)Landroid/os/Parcelable;', 'next');
const cast = 'check-cast v15, Landroid/content/Intent;';
const start = callOn('com.example.app.Main.startActivity(Landroid/content/Intent;)V');
const OPEN = 'openFile(Landroid/net/Uri;Ljava/lang/String;)Landroid/os/ParcelFileDescriptor;';
const segment = callOn('android.net.Uri.getLastPathSegment()Ljava/lang/String;');
const file = callOn('java.io.File.<init>(Ljava/io/File;Ljava/lang/String;)V');
const provider = (...lines: readonly string[]) => ({
  dalvik: [
    dalvikClass({ name: 'com.example.app.Files', superclass: 'android.content.ContentProvider' }, OPEN, ...lines),
  ],
});
const flags = (value?: number) => callOn('android.content.Intent.addFlags(I)Landroid/content/Intent;', value);

testTable(INTENT_RULES, {
  'intent-redirection': {
    bad: dalvik(inner, cast, start),
    good: [
      dalvik(inner, cast),
      dalvik(inner, start),
      dalvik(cast, start),
      dalvik(inner, cast, callOn('android.content.Intent.getComponent()Landroid/content/ComponentName;'), start),
    ],
  },
  'provider-path-traversal': {
    bad: provider(segment, file),
    shows: 'com.example.app.Files',
    good: [
      provider(file),
      provider(segment, file, callOn('java.io.File.getCanonicalPath()Ljava/lang/String;')),
      dalvik(segment, file),
    ],
  },
  'grants-file-access': { bad: dalvik(flags(1)), good: [dalvik(flags(0x1000_0000)), dalvik(flags())] },
  'own-permission-check': {
    bad: dalvik(callOn('com.example.app.Main.checkCallingOrSelfPermission(Ljava/lang/String;)I')),
    good: dalvik(callOn('com.example.app.Main.checkCallingPermission(Ljava/lang/String;)I')),
  },
  'object-from-stream': {
    bad: dalvik(callOn('java.io.ObjectInputStream.readObject()Ljava/lang/Object;')),
    good: [
      dalvik(callOn('java.io.ObjectInputStream.readInt()I')),
      {
        dalvik: [
          dalvikClass(
            {},
            'readObject(Ljava/io/ObjectInputStream;)V',
            callOn('java.io.ObjectInputStream.readObject()Ljava/lang/Object;'),
          ),
        ],
      },
    ],
  },
  'object-from-intent': {
    bad: dalvik(callOn('android.content.Intent.getSerializableExtra(Ljava/lang/String;)Ljava/io/Serializable;')),
    good: dalvik(
      callOn('android.content.Intent.getSerializableExtra(Ljava/lang/String;Ljava/lang/Class;)Ljava/io/Serializable;'),
    ),
  },
});
