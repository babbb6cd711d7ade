import { atCall, atSite } from '../../../evidence.ts';
import { methodKey } from '../../../method-key.ts';
import { codeTable, type Finder } from '../../../rule-table.ts';
import { called, callsOf, number, passing, shownBits } from '../find-calls.ts';

const STARTERS = [
  '*.startActivity(Landroid/content/Intent;)V',
  '*.startActivityForResult(Landroid/content/Intent;I)V',
  '*.startService(Landroid/content/Intent;)Landroid/content/ComponentName;',
  '*.sendBroadcast(Landroid/content/Intent;)V',
];

/** An intent taken out of an intent, and started in the same method without a look at whom it is for. */
const redirected: Finder = (image, ctx) => {
  const taken = callsOf(ctx, ['android.content.Intent.getParcelableExtra', 'android.os.Bundle.getParcelable']);
  if (taken.length === 0) return [];
  const started = new Set(callsOf(ctx, STARTERS).map(methodKey));
  const cast = new Set(image.code.typeChecks('android.content.Intent').map(methodKey));
  const checked = new Set(
    callsOf(ctx, [
      'android.content.Intent.resolveActivity',
      'android.content.Intent.getComponent',
      'android.content.Intent.setPackage',
      'android.content.Intent.setComponent',
      'android.content.Intent.createChooser',
      'android.content.ComponentName.getPackageName',
    ]).map(methodKey),
  );
  return taken
    .filter((call) => {
      const key = methodKey(call);
      return started.has(key) && cast.has(key) && !checked.has(key);
    })
    .map((call) => atCall(call, 'an intent is taken out of another and started'));
};

/** Providers that turn the last part of an address into a file and never make the path canonical. */
const openFilePaths: Finder = (image, ctx) => {
  const opening = image.code.overrides('android.content.ContentProvider', 'openFile');
  if (opening.length === 0) return [];
  const keys = (...methods: readonly string[]) => new Set(callsOf(ctx, methods).map(methodKey));
  const fromAddress = keys(
    'android.net.Uri.getLastPathSegment',
    'android.net.Uri.getPath',
    'android.net.Uri.getPathSegments',
  );
  const naming = keys('java.io.File.<init>');
  const checking = keys(
    'java.io.File.getCanonicalPath',
    'java.io.File.getCanonicalFile',
    'android.content.UriMatcher.match',
  );
  return opening.flatMap(({ site }) => {
    const key = methodKey(site);
    return fromAddress.has(key) && naming.has(key) && !checking.has(key)
      ? [atSite(site, 'names a file from the address that the caller gave')]
      : [];
  });
};

/** Reads of objects from streams that the method was not given: a class that is read only takes part in what another began. */
const ownStreams: Finder = (_image, ctx) =>
  callsOf(ctx, ['java.io.ObjectInputStream.readObject'])
    .filter(({ method }) => !/Ljava\/io\/Object(?:InputStream|Input);[^)]*\)/.test(method.slice(0, 2_000)))
    .map((call) => atCall(call, 'makes an object of serialized data'));

/** What passes between apps. Sources: OWASP MASTG, platform interaction; android.content.Intent and ContentProvider reference. */
export const INTENT_RULES = codeTable([
  {
    name: 'intent-redirection',
    title: 'The app starts an intent that it took out of another',
    why: 'If the outer one comes from another app, that app starts screens and services of this one that are closed to it, with this app’s rights.',
    remedy: 'Check that the inner intent leads to a component you mean, or do not pass intents in intents.',
    severity: 'medium',
    points: 4,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [926, 940],
    find: redirected,
  },
  {
    name: 'provider-path-traversal',
    title: 'A content provider opens files under names that the caller gives',
    why: 'A name such as ..%2Fshared_prefs%2Fx leads out of the directory, to private files.',
    remedy: 'Compare the canonical path with the directory, or use FileProvider.',
    severity: 'low',
    points: 3,
    classes: ['vulnerability', 'data-leak'],
    masvs: ['PLATFORM-1', 'CODE-4'],
    cwe: [22],
    find: openFilePaths,
  },
  {
    name: 'grants-file-access',
    title: 'The app grants other apps access to data by an intent',
    why: 'Who receives the intent may read, or write, what its address names, until the screen is closed. It judges nothing: that is how files are shared.',
    remedy: 'Grant it to a named package only.',
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: passing(
      ['android.content.Intent.addFlags', 'android.content.Intent.setFlags'],
      0,
      number((flags) => (flags & 3) !== 0),
      'flags (1 read, 2 write)',
      shownBits,
    ),
  },
  {
    name: 'own-permission-check',
    title: 'The app checks permissions in a way that its own satisfy',
    why: '`checkCallingOrSelfPermission` says yes whenever the app itself holds the permission. As a question about itself that is right; as one about a caller it lets everybody in.',
    remedy: 'Use checkCallingPermission where the caller is meant.',
    masvs: ['PLATFORM-1'],
    cwe: [863],
    find: called(
      'asks for the caller’s permission or the app’s own',
      '*.checkCallingOrSelfPermission(Ljava/lang/String;)I',
      '*.enforceCallingOrSelfPermission(Ljava/lang/String;Ljava/lang/String;)V',
    ),
  },
  {
    name: 'object-from-stream',
    title: 'The app makes objects out of serialized data',
    why: 'Data from outside can name any class of the app and have its code run while it is read.',
    remedy: 'Use a format without classes, such as JSON or protocol buffers.',
    points: 1,
    masvs: ['CODE-4'],
    cwe: [502],
    find: ownStreams,
  },
  {
    name: 'object-from-intent',
    title: 'The app takes serialized objects out of intents',
    why: 'For a component that other apps reach, the sender chooses the class; a class that is missing makes the app crash.',
    remedy: 'Pass the class that is expected (Android 13), or use simple values.',
    points: 0.5,
    masvs: ['PLATFORM-1', 'CODE-4'],
    cwe: [502],
    find: called(
      'takes an object of any class',
      'android.content.Intent.getSerializableExtra(Ljava/lang/String;)Ljava/io/Serializable;',
      'android.os.Bundle.getSerializable(Ljava/lang/String;)Ljava/io/Serializable;',
    ),
  },
]);
