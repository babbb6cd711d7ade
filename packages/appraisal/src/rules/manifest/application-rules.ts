import { attributeOf, inManifest } from '../../evidence.ts';
import { isNo, isYes } from '../../resource-xml.ts';
import { type Finder, manifestTable } from '../../rule-table.ts';
import { anyOf } from '../code/find-calls.ts';
import { applicationWith, childrenOf, componentsWith } from './find-elements.ts';

/** Meta-data of `<application>` of a name and value. */
function metaData(name: string, test: (value: string | undefined) => boolean, note: string): Finder {
  return ({ manifest }) =>
    childrenOf(manifest?.application, 'meta-data')
      .filter((element) => attributeOf(element, 'name') === name && test(attributeOf(element, 'value')))
      .map((element) => inManifest(element, note, 'value'));
}

/** Elements below `<manifest>` or `<application>` that carry an attribute of such a value. */
function elements(
  parent: 'root' | 'application',
  name: string,
  attribute: string,
  test: (value: string | undefined) => boolean,
  note: string,
): Finder {
  return ({ manifest }) =>
    childrenOf(manifest?.[parent], name)
      .filter((element) => test(attributeOf(element, attribute)))
      .map((element) => inManifest(element, note, attribute));
}

/** Switches of `<application>` and what stands beside it. Source: the manifest reference of Android. */
export const APPLICATION_RULES = manifestTable('manifest', [
  {
    name: 'legacy-external-storage',
    title: 'The app asks for shared storage as it was before Android 10',
    why: 'Every app with the storage permission then sees the files of all others. Android 11 and later ignore the wish for newer targets.',
    remedy: 'Remove android:requestLegacyExternalStorage.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [921],
    find: applicationWith('requestLegacyExternalStorage', isYes, 'asks for the old storage'),
  },
  {
    name: 'keeps-legacy-storage',
    title: 'The app keeps the old access to shared storage when it is updated',
    why: 'Who has the app from before keeps the wide access. It judges nothing.',
    remedy: 'Move the files to the app’s own directories.',
    masvs: ['STORAGE-2'],
    find: applicationWith('preserveLegacyExternalStorage', isYes, 'keeps the old access'),
  },
  {
    name: 'data-survives-removal',
    title: 'The data of the app can stay on the phone when it is removed',
    why: 'The owner is asked, and may leave data behind that another build with the same name and signature reads.',
    remedy: 'Remove android:hasFragileUserData.',
    masvs: ['STORAGE-1'],
    find: applicationWith('hasFragileUserData', isYes, 'offers to keep the data'),
  },
  {
    name: 'pointer-tags-off',
    title: 'The app switches the tagging of heap pointers off',
    why: 'The tags help the platform to notice errors of memory, which attacks rely on.',
    remedy: 'Repair the code that keeps something in the top byte of pointers, and remove the attribute.',
    points: 0.5,
    masvs: ['CODE-4'],
    cwe: [693],
    find: applicationWith('allowNativeHeapPointerTagging', isNo, 'heap pointers carry no tags'),
  },
  {
    name: 'memory-tags-off',
    title: 'The app switches memory tagging off',
    why: 'On phones whose processor can, tags stop many attacks on native code. Without the attribute the platform decides.',
    remedy: 'Use android:memtagMode="async" or "sync".',
    masvs: ['CODE-4'],
    cwe: [693],
    find: anyOf(
      applicationWith('memtagMode', isNo, 'memory tagging is off'),
      elements('application', 'processes', 'memtagMode', isNo, 'memory tagging is off'),
    ),
  },
  {
    name: 'heap-sampling-off',
    title: 'The app switches the sampling for errors of memory off',
    why: 'GWP-ASan finds errors on users’ phones at little cost; attacks rely on those that are not found. It judges nothing.',
    remedy: 'Remove android:gwpAsanMode="never".',
    masvs: ['CODE-4'],
    find: applicationWith('gwpAsanMode', isNo, 'never samples'),
  },
  {
    name: 'native-libraries-extracted',
    title: 'The native libraries of the app are copied out of its package',
    why: 'The copies lie beside the package; it costs space, and code in the package itself cannot be changed after installation. It judges nothing.',
    remedy: 'Set android:extractNativeLibs="false".',
    masvs: ['RESILIENCE-2'],
    find: applicationWith('extractNativeLibs', isYes, 'libraries are extracted'),
  },
  {
    name: 'large-heap',
    title: 'The app asks for a large heap',
    why: 'It takes memory from other apps; image editors need it. It judges nothing.',
    remedy: 'Find out whether the memory is needed.',
    masvs: ['CODE-4'],
    find: applicationWith('largeHeap', isYes, 'asks for a large heap'),
  },
  {
    name: 'persistent',
    title: 'The app asks to run at all times',
    why: 'Only apps of the system get that. Asking shows that the app is meant to be one.',
    remedy: 'Remove android:persistent.',
    masvs: ['PLATFORM-1'],
    find: applicationWith('persistent', isYes, 'asks to run always'),
  },
  {
    name: 'restores-any-version',
    title: 'The app takes a backup of any version of itself',
    why: 'Data that a later version wrote, or that somebody changed in the backup, is read by code that does not know it.',
    remedy: 'Remove android:restoreAnyVersion.',
    points: 0.5,
    masvs: ['STORAGE-2'],
    cwe: [20],
    find: applicationWith('restoreAnyVersion', isYes, 'restores data of later versions'),
  },
  {
    name: 'own-backup-agent',
    title: 'The app decides by code of its own what is backed up',
    why: 'What leaves the phone is in no file that can be read; the code has to be looked at. It judges nothing.',
    remedy: 'Use backup rules where they suffice.',
    masvs: ['STORAGE-2'],
    find: applicationWith('backupAgent', (value) => value !== undefined && value !== '', 'names a backup agent'),
  },
  {
    name: 'data-kept-from-clearing',
    title: 'The app asks that its data cannot be cleared',
    why: 'Only apps of the system get that; others show that they would like to.',
    remedy: 'Remove android:allowClearUserData.',
    masvs: ['PRIVACY-4'],
    find: applicationWith('allowClearUserData', isNo, 'asks that its data stays'),
  },
  {
    name: 'task-reparenting',
    title: 'Screens of the app move into other tasks',
    why: 'A screen that another app started turns up in this app later. Phishing uses the same; few honest apps need it.',
    remedy: 'Remove android:allowTaskReparenting.',
    points: 0.5,
    masvs: ['PLATFORM-3'],
    cwe: [1021],
    find: anyOf(
      applicationWith('allowTaskReparenting', isYes, 'screens may move'),
      componentsWith(['activity', 'activity-alias'], 'allowTaskReparenting', isYes, 'the screen may move'),
    ),
  },
  {
    name: 'safe-browsing-off',
    title: 'The app switches the warning of dangerous pages off for all its web views',
    why: 'Pages that are known to phish or to spread malware are shown without a word.',
    remedy: 'Remove the meta-data, or set it to true.',
    severity: 'low',
    points: 1.5,
    masvs: ['PLATFORM-2'],
    cwe: [693],
    find: metaData('android.webkit.WebView.EnableSafeBrowsing', isNo, 'safe browsing is off'),
  },
  {
    name: 'legacy-http-client',
    title: 'The app uses the HTTP client that Android gave up',
    why: 'The Apache client of the platform has had no repairs since Android 6.',
    remedy: 'Use HttpURLConnection, Cronet or OkHttp.',
    points: 0.5,
    masvs: ['CODE-3', 'NETWORK-1'],
    cwe: [1104],
    find: elements(
      'application',
      'uses-library',
      'name',
      (value) => value === 'org.apache.http.legacy',
      'names the old client',
    ),
  },
  {
    name: 'profileable-by-shell',
    title: 'The app can be profiled over USB debugging',
    why: 'Whoever attaches a computer with debugging on sees which methods run, and samples of memory.',
    remedy: 'Remove <profileable> from release builds.',
    points: 0.5,
    masvs: ['RESILIENCE-4'],
    cwe: [489],
    find: elements('application', 'profileable', 'shell', isYes, 'the shell may profile'),
  },
  {
    name: 'instruments-another-app',
    title: 'The package is made to drive another app',
    why: 'Instrumentation runs within the other app, sees and does everything there. It is for tests, and needs that app’s signature.',
    remedy: 'Do not give it to users.',
    masvs: ['RESILIENCE-4'],
    find: ({ manifest }) =>
      childrenOf(manifest?.root, 'instrumentation')
        .filter((element) => ![undefined, manifest?.package].includes(attributeOf(element, 'targetPackage')))
        .map((element) => inManifest(element, 'drives this package', 'targetPackage')),
  },
  {
    name: 'shared-user',
    title: 'The app shares its data with others of the same maker',
    why: 'All apps with this user and signature read each other’s files and use each other’s permissions. Android advises against it since version 10.',
    remedy: 'Remove android:sharedUserId, and share by a content provider.',
    points: 0.5,
    masvs: ['PLATFORM-1'],
    cwe: [250],
    find: ({ manifest }) => {
      const user = manifest === null ? undefined : attributeOf(manifest.root, 'sharedUserId');
      if (manifest === null || user === undefined || user.startsWith('android.')) return [];
      return [inManifest(manifest.root, 'shares a user', 'sharedUserId')];
    },
  },
  {
    name: 'prefers-shared-storage',
    title: 'The app asks to be installed on shared storage',
    why: 'On a card that is taken out, the package can be read and held back from updates.',
    remedy: 'Remove android:installLocation.',
    masvs: ['STORAGE-2'],
    find: ({ manifest }) => {
      const place = manifest === null ? undefined : attributeOf(manifest.root, 'installLocation');
      return manifest !== null && (place === '2' || place === 'preferExternal')
        ? [inManifest(manifest.root, 'prefers a card', 'installLocation')]
        : [];
    },
  },
  {
    name: 'sees-all-launchers',
    title: 'The app asks to see every app that has an icon',
    why: 'A query for the home screen’s action shows nearly all apps without the permission for that. Launchers need it.',
    remedy: 'Name the packages in <queries>.',
    kind: 'declaration',
    points: 0.5,
    masvs: ['PRIVACY-1'],
    attack: ['T1418'],
    find: ({ manifest }) =>
      childrenOf(manifest?.root, 'queries')
        .flatMap((queries) => childrenOf(queries, 'intent'))
        .filter((intent) =>
          childrenOf(intent, 'action').some((action) => attributeOf(action, 'name') === 'android.intent.action.MAIN'),
        )
        .map((intent) => inManifest(intent, 'asks for every app with a screen')),
  },
  {
    name: 'asks-about-many-apps',
    title: 'The app asks which of many named apps are installed',
    why: 'The list tells what the app looks for: rivals, wallets, or apps that protect the phone.',
    remedy: 'Look at the names.',
    masvs: ['PRIVACY-1'],
    attack: ['T1418'],
    find: ({ manifest }) => {
      const packages = childrenOf(manifest?.root, 'queries').flatMap((queries) => childrenOf(queries, 'package'));
      return packages.length < 20
        ? []
        : packages.map((element) => inManifest(element, `one of ${packages.length}`, 'name'));
    },
  },
]);
