import { attributeOf, inManifest } from '../../evidence.ts';
import { bootReceivers, handling, launchers } from '../../manifest-queries.ts';
import { isYes } from '../../resource-xml.ts';
import { manifestTable } from '../../rule-table.ts';
import { childrenOf, componentsWhere, componentsWith } from '../manifest/find-elements.ts';

const SMS_ACTIONS = [
  'android.provider.Telephony.SMS_RECEIVED',
  'android.provider.Telephony.SMS_DELIVER',
  'android.provider.Telephony.WAP_PUSH_RECEIVED',
  'android.provider.Telephony.WAP_PUSH_DELIVER',
];

/** How components behave towards the system and other apps. Source: the manifest reference of Android. */
export const EXPOSURE_RULES = manifestTable('component', [
  {
    name: 'sms-receiver-unguarded',
    title: 'Every app can pretend to the app that a message came in',
    why: 'The receiver for text messages asks for no permission of the sender. A forged message can carry a false code, or drive what the app does with messages.',
    remedy: 'Ask for android.permission.BROADCAST_SMS.',
    severity: 'low',
    points: 1,
    classes: ['vulnerability'],
    masvs: ['PLATFORM-1'],
    cwe: [925],
    find: (image) =>
      handling(image, ...SMS_ACTIONS)
        .filter(
          ({ kind, exported, enabled, permission }) =>
            kind === 'receiver' && exported && enabled && permission === null,
        )
        .map(({ element }) => inManifest(element, 'receives messages from whoever sends the action', 'name')),
  },
  {
    name: 'high-priority-filter',
    title: 'A component wants to be first to receive a message of the system',
    why: 'The first to receive an ordered message can hold it back from the others. It judges nothing.',
    remedy: 'Find out why it must be first.',
    masvs: ['PLATFORM-1'],
    find: ({ manifest }) =>
      (manifest?.components ?? []).flatMap(({ kind, element }) =>
        childrenOf(element, 'intent-filter')
          .filter((filter) => kind === 'receiver' && Number(attributeOf(filter, 'priority') ?? 0) >= 500)
          .map((filter) => inManifest(filter, 'asks for a high place in the order', 'priority')),
      ),
  },
  {
    name: 'starts-with-phone',
    title: 'The app starts when the phone starts',
    why: 'Alarms and messengers need it, and so does what must not be noticed. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['PLATFORM-1'],
    attack: ['T1624.001'],
    find: (image) => bootReceivers(image).map(({ element }) => inManifest(element, 'is called at start', 'name')),
  },
  {
    name: 'listens-to-calls',
    title: 'The app is told of calls even when it does not run',
    why: 'It learns that, and on older phones with whom, the owner talks.',
    remedy: 'Listen only while the app is in use.',
    kind: 'declaration',
    points: 0.5,
    masvs: ['PRIVACY-1'],
    attack: ['T1624.001'],
    find: (image) =>
      handling(image, 'android.intent.action.PHONE_STATE', 'android.intent.action.NEW_OUTGOING_CALL')
        .filter(({ kind, enabled }) => kind === 'receiver' && enabled)
        .map(({ element }) => inManifest(element, 'is called for calls', 'name')),
  },
  {
    name: 'exported-by-filter',
    title: 'A component is open to other apps because of its filter alone',
    why: 'Nobody wrote that it should be: below target SDK 31 a filter is enough.',
    remedy: 'Write android:exported, and false wherever no other app calls.',
    masvs: ['PLATFORM-1'],
    cwe: [926],
    find: componentsWhere(({ exportedBy }) => exportedBy === 'intent-filter', 'has a filter and no android:exported'),
  },
  {
    name: 'exported-not-said',
    title: 'A component with a filter does not say whether it is exported',
    why: 'For target SDK 31 and later Android refuses to install such an app.',
    remedy: 'Write android:exported.',
    masvs: ['PLATFORM-1', 'CODE-1'],
    find: componentsWhere(
      ({ intentFilters, element }, { manifest }) =>
        intentFilters.length > 0 && (manifest?.targetSdk ?? 0) >= 31 && attributeOf(element, 'exported') === undefined,
      'has a filter and no android:exported',
    ),
  },
  {
    name: 'task-can-be-hijacked',
    title: 'Another app can put its screen into the app’s task on Android 10 and older',
    why: 'A hostile app with the same task affinity is shown when this app is opened again, and can ask for its password (StrandHogg).',
    remedy: 'Set android:taskAffinity="" for the application, or require Android 11.',
    points: 0.5,
    masvs: ['PLATFORM-3'],
    cwe: [1021],
    attack: ['T1417.002'],
    find: componentsWhere(
      ({ kind, exported, element }, { manifest }) =>
        kind === 'activity' &&
        exported &&
        (manifest?.minSdk ?? 1) < 30 &&
        /^(?:2|singleTask)$/.test(attributeOf(element, 'launchMode') ?? '') &&
        attributeOf(element, 'taskAffinity') === undefined &&
        (manifest?.application == null || attributeOf(manifest.application, 'taskAffinity') === undefined),
      'singleTask, with the affinity that everybody can name',
      'launchMode',
    ),
  },
  {
    name: 'shown-over-lock',
    title: 'Screens of the app are shown over the locked phone',
    why: 'Whoever holds the phone sees and uses them without its code. Alarms and calls need it.',
    remedy: 'Show nothing there that needs the owner.',
    kind: 'declaration',
    points: 0.5,
    masvs: ['PLATFORM-3'],
    find: componentsWith(['activity', 'activity-alias'], 'showWhenLocked', isYes, 'is shown over the lock'),
  },
  {
    name: 'hidden-from-recents',
    title: 'The first screen of the app does not appear among the recent apps',
    why: 'Tools that run in the background do that, and so does what does not want to be noticed. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['PLATFORM-3'],
    attack: ['T1628.001'],
    find: (image) =>
      launchers(image)
        .filter(({ element }) => isYes(attributeOf(element, 'excludeFromRecents')))
        .map(({ element }) => inManifest(element, 'leaves no trace in the list', 'excludeFromRecents')),
  },
  {
    name: 'runs-before-unlock',
    title: 'Parts of the app run before the owner unlocked the phone',
    why: 'What they store lies in an area that needs no code to be read. Alarms and accessibility need it.',
    remedy: 'Keep secrets in the area that the code protects.',
    masvs: ['STORAGE-1'],
    find: componentsWith(
      ['activity', 'service', 'receiver', 'provider'],
      'directBootAware',
      isYes,
      'runs before the unlock',
    ),
  },
  {
    name: 'isolated-service',
    title: 'A service of the app runs in a process without rights',
    why: 'What goes wrong there reaches neither files nor network. It judges nothing.',
    remedy: 'Nothing to do.',
    masvs: ['PLATFORM-1', 'CODE-4'],
    find: componentsWith(['service'], 'isolatedProcess', isYes, 'runs isolated'),
  },
]);
