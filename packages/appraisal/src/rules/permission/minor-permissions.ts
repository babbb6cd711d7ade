import { type PermissionRule, permissionRule } from '../../permission-rule.ts';
import type { Rule } from '../../rule.ts';

type Row = Omit<PermissionRule, 'severity' | 'dataRisk' | 'mappings'> & {
  readonly points: number;
  readonly masvs?: string;
  readonly attack?: readonly string[];
};

/** Permissions that weigh little and have no file of their own. Source: android.Manifest.permission. */
const ROWS: readonly Row[] = [
  {
    name: 'bluetooth-nearby',
    title: 'The app asks to find or reach Bluetooth devices',
    why: 'Beacons tell the place, devices tell who is near.',
    permissions: ['BLUETOOTH_SCAN', 'BLUETOOTH_CONNECT', 'BLUETOOTH_ADVERTISE'],
    note: 'finds or reaches devices nearby',
    points: 0.5,
  },
  {
    name: 'nearby-networks',
    title: 'The app asks for Wi-Fi devices or distances nearby',
    why: 'They tell the place inside of buildings.',
    permissions: ['NEARBY_WIFI_DEVICES', 'UWB_RANGING', 'RANGING'],
    note: 'finds devices nearby',
    points: 0.5,
    attack: ['T1422.002'],
  },
  {
    name: 'media-files',
    title: 'The app asks for pictures, videos or music',
    why: 'Pictures show people and homes. The photo picker needs no permission.',
    permissions: ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO', 'READ_MEDIA_AUDIO'],
    note: 'reads media of all apps',
    points: 1,
    attack: ['T1533'],
  },
  {
    name: 'media-location',
    title: 'The app asks for the places in pictures',
    why: 'A picture’s place tells where the owner was, and lives.',
    permissions: ['ACCESS_MEDIA_LOCATION'],
    note: 'reads where pictures were taken',
    points: 0.5,
    attack: ['T1430'],
  },
  {
    name: 'full-screen-notification',
    title: 'The app asks to fill the screen with a notification',
    why: 'Calls and alarms need it; advertisements and screens that ask for a password use it too.',
    permissions: ['USE_FULL_SCREEN_INTENT'],
    note: 'may fill the screen',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-3',
  },
  {
    name: 'battery-exemption',
    title: 'The app asks to be spared from saving power',
    why: 'It then runs whenever it likes. Messengers and agents need it, and so does what watches.',
    permissions: ['REQUEST_IGNORE_BATTERY_OPTIMIZATIONS'],
    note: 'runs without limits in the background',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-1',
    attack: ['T1541'],
  },
  {
    name: 'system-settings',
    title: 'The app asks to change settings of the phone',
    why: 'Brightness and ring tone, and on older phones much more.',
    permissions: ['WRITE_SETTINGS'],
    note: 'changes settings',
    points: 0.5,
    masvs: 'MASVS-PLATFORM-1',
  },
  {
    name: 'stops-other-apps',
    title: 'The app asks to end other apps in the background',
    why: 'It can stop what protects the phone for a while; the platform starts it again.',
    permissions: ['KILL_BACKGROUND_PROCESSES', 'RESTART_PACKAGES'],
    note: 'ends other apps',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-1',
  },
  {
    name: 'lock-screen-off',
    title: 'The app asks to switch the simple lock screen off',
    why: 'A lock without a code disappears; one with a code stays.',
    permissions: ['DISABLE_KEYGUARD'],
    note: 'removes the lock screen',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-3',
  },
  {
    name: 'updates-without-asking',
    title: 'The app asks to update apps that it installed without asking',
    why: 'Stores need it. Code that nobody confirmed can come in that way.',
    permissions: ['UPDATE_PACKAGES_WITHOUT_USER_ACTION', 'ENFORCE_UPDATE_OWNERSHIP'],
    note: 'updates without a question',
    points: 0.5,
    malice: { base: 1 },
    masvs: 'MASVS-CODE-4',
    attack: ['T1407'],
  },
  {
    name: 'removes-apps',
    title: 'The app asks to remove other apps',
    why: 'The owner has to confirm each. Some are removed because they protect the phone.',
    permissions: ['REQUEST_DELETE_PACKAGES'],
    note: 'asks to remove apps',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-1',
    attack: ['T1630.001'],
  },
  {
    name: 'do-not-disturb',
    title: 'The app asks to change what the phone rings for',
    why: 'It can keep calls and warnings from being heard.',
    permissions: ['ACCESS_NOTIFICATION_POLICY'],
    note: 'silences the phone',
    points: 0.25,
    masvs: 'MASVS-PLATFORM-3',
  },
  {
    name: 'voicemail',
    title: 'The app asks for the answering machine',
    why: 'Messages people left for the owner, codes that are spoken among them.',
    permissions: [
      'ADD_VOICEMAIL',
      'com.android.voicemail.permission.ADD_VOICEMAIL',
      'com.android.voicemail.permission.READ_VOICEMAIL',
    ],
    note: 'reaches spoken messages',
    points: 0.5,
  },
  {
    name: 'shortcuts',
    title: 'The app asks to put icons on the home screen',
    why: 'On Android 7 and older it can do so without a question, and icons can look like those of other apps.',
    permissions: [
      'com.android.launcher.permission.INSTALL_SHORTCUT',
      'com.android.launcher.permission.UNINSTALL_SHORTCUT',
    ],
    note: 'puts icons on the home screen',
    points: 0.25,
    malice: { base: 0.5 },
    masvs: 'MASVS-PLATFORM-3',
  },
];

export const MINOR_PERMISSION_RULES: readonly Rule[] = ROWS.map(
  ({ points, masvs = 'MASVS-PRIVACY-1', attack, ...row }) =>
    permissionRule({
      ...row,
      severity: 'info',
      dataRisk: { base: points },
      mappings: { masvs: [masvs], cwe: ['CWE-250'], ...(attack === undefined ? {} : { attack: [...attack] }) },
    }),
);
