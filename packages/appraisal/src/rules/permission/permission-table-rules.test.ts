import type { FakeManifest } from '../../testing/fake-manifest.ts';
import { type RowFixtures, testTable } from '../../testing/test-table.ts';
import { MINOR_PERMISSION_RULES } from './minor-permissions.ts';
import { PERMISSION_FACT_RULES } from './permission-fact-rules.ts';

const of = (manifest: FakeManifest) => ({ manifest });
const asking = (name: string) => of({ permissions: [name.includes('.') ? name : `android.permission.${name}`] });
const row = (name: string): RowFixtures => ({
  bad: asking(name),
  shows: name,
  good: asking(`com.example.permission.${name.slice(name.lastIndexOf('.') + 1)}`),
});

testTable(MINOR_PERMISSION_RULES, {
  'bluetooth-nearby': row('BLUETOOTH_SCAN'),
  'nearby-networks': row('NEARBY_WIFI_DEVICES'),
  'media-files': row('READ_MEDIA_IMAGES'),
  'media-location': row('ACCESS_MEDIA_LOCATION'),
  'full-screen-notification': row('USE_FULL_SCREEN_INTENT'),
  'battery-exemption': row('REQUEST_IGNORE_BATTERY_OPTIMIZATIONS'),
  'system-settings': row('WRITE_SETTINGS'),
  'stops-other-apps': row('KILL_BACKGROUND_PROCESSES'),
  'lock-screen-off': row('DISABLE_KEYGUARD'),
  'updates-without-asking': row('UPDATE_PACKAGES_WITHOUT_USER_ACTION'),
  'removes-apps': row('REQUEST_DELETE_PACKAGES'),
  'do-not-disturb': row('ACCESS_NOTIFICATION_POLICY'),
  voicemail: row('com.android.voicemail.permission.READ_VOICEMAIL'),
  shortcuts: row('com.android.launcher.permission.INSTALL_SHORTCUT'),
});

const defining = (name: string, level = 'signature') => of({ declaredPermissions: { [name]: level } });
const code = (instruction: string) => [{ name: 'com.example.app.A', methods: { 'run()V': [instruction] } }];

testTable(PERMISSION_FACT_RULES, {
  'means-less-on-old-phones': {
    bad: of({ minSdk: 26, permissions: ['android.permission.POST_NOTIFICATIONS'] }),
    shows: 'below API level 33',
    good: [
      of({ minSdk: 33, permissions: ['android.permission.POST_NOTIFICATIONS'] }),
      of({ minSdk: 26, permissions: ['android.permission.INTERNET'] }),
    ],
  },
  unused: {
    bad: asking('CAMERA'),
    shows: 'android.permission.CAMERA',
    good: [
      { ...asking('CAMERA'), code: code('call android.hardware.Camera.open()Landroid/hardware/Camera;') },
      { ...asking('CAMERA'), code: code('string android.media.action.IMAGE_CAPTURE') },
      { ...asking('CAMERA'), code: code('call dalvik.system.DexClassLoader.<init>()V') },
    ],
  },
  misspelt: {
    bad: [asking('INTERNETT'), asking('READ_CONTCATS'), asking('camera')],
    shows: 'the platform has',
    good: [asking('INTERNET'), asking('SOMETHING_OF_A_MAKER'), asking('com.example.permission.INTERNETT')],
  },
  'defines-platform-name': {
    bad: defining('android.permission.READ_SOMETHING'),
    good: defining('com.example.app.permission.READ'),
  },
  'open-to-all': { bad: defining('com.example.app.USE', 'normal'), good: defining('com.example.app.USE') },
  'joins-platform-group': {
    bad: {
      manifest: {
        declaredPermissions: { 'com.example.app.USE': 'dangerous' },
        permissionGroups: { 'com.example.app.USE': 'android.permission-group.CONTACTS' },
      },
    },
    good: defining('com.example.app.USE', 'dangerous'),
  },
  'defines-tree': {
    bad: of({ inRoot: [{ name: 'permission-tree', attributes: { name: 'com.example.app' } }] }),
    good: defining('com.example.app.USE'),
  },
});
