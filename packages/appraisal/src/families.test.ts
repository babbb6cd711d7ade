import { describe, expect, it } from 'vitest';
import { appraise } from './appraise.ts';
import { type FakeApp, fakeApp } from './testing/fake-app.ts';
import { type FakeComponent, LAUNCHER } from './testing/fake-manifest.ts';

/**
 * Whole apps, each with the parts that a family of malware is known for, or that honest apps of a kind share. They keep the weights in
 * balance: whoever changes one sees here which verdicts move.
 */
const BOOT: FakeComponent = {
  kind: 'receiver',
  name: 'com.example.app.Boot',
  actions: ['android.intent.action.BOOT_COMPLETED'],
};
const guarded = (kind: 'service' | 'receiver', guard: string): FakeComponent => ({
  kind,
  name: `com.example.app.${guard}`,
  exported: true,
  permission: `android.permission.BIND_${guard}`,
});
const ask = (names: string): string[] => names.split(/\s+/).map((name) => `android.permission.${name}`);
const classes = (name: string, ...instructions: readonly string[]) => [
  ...['Main', 'Boot', 'DEVICE_ADMIN', 'ACCESSIBILITY_SERVICE', 'NOTIFICATION_LISTENER_SERVICE', 'Sms'].map(
    (simple) => ({
      name: `com.example.app.${simple}`,
      methods: {},
    }),
  ),
  { name, methods: { 'run()V': instructions } },
];

const TAP = 'call android.view.accessibility.AccessibilityNodeInfo.performAction(I)Z';
const READ = 'call android.view.accessibility.AccessibilityEvent.getText()Ljava/util/List;';
const WATCH = 'call android.app.usage.UsageStatsManager.queryEvents(JJ)Landroid/app/usage/UsageEvents;';
const COVER = 'call android.view.WindowManager.addView(Landroid/view/View;Landroid/view/ViewGroup$LayoutParams;)V';
const LOAD =
  'call dalvik.system.DexClassLoader.<init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V';
const FETCH = 'call java.net.URL.openConnection()Ljava/net/URLConnection;';
const LOCK = 'call android.app.admin.DevicePolicyManager.lockNow()V';
const RECORD = 'call android.media.MediaRecorder.setAudioSource(I)V';
const FOLLOW =
  'call android.location.LocationManager.requestLocationUpdates(Ljava/lang/String;JFLandroid/location/LocationListener;)V';

const MALICIOUS: Readonly<Record<string, FakeApp>> = {
  'a banking trojan: sees, reads, covers and operates other apps, names banks, and sends': {
    manifest: {
      permissions: ask('INTERNET SYSTEM_ALERT_WINDOW QUERY_ALL_PACKAGES PACKAGE_USAGE_STATS'),
      components: [LAUNCHER, BOOT, guarded('service', 'ACCESSIBILITY_SERVICE')],
    },
    code: classes(
      'com.example.app.Overlay',
      TAP,
      WATCH,
      COVER,
      READ,
      FETCH,
      'string com.example.mobilebank',
      'string com.example.wallet.app',
    ),
  },
  'a screen locker: administrator, covers, locks, has no icon, and demands payment': {
    manifest: {
      permissions: ask('INTERNET SYSTEM_ALERT_WINDOW'),
      components: [BOOT, guarded('receiver', 'DEVICE_ADMIN')],
    },
    code: classes('com.example.app.Lock', LOCK, COVER, 'string Your phone is locked. Pay a fine in bitcoin.'),
  },
  'stalkerware: watches in four ways, administrator, has no icon': {
    manifest: {
      permissions: ask('INTERNET READ_SMS READ_CALL_LOG RECORD_AUDIO ACCESS_FINE_LOCATION'),
      components: [BOOT, guarded('receiver', 'DEVICE_ADMIN')],
    },
    code: classes('com.example.app.Spy', 'string content://sms', 'string content://call_log/calls', RECORD, FOLLOW),
  },
  'a dropper: loads a program that is disguised as a picture': {
    files: { 'assets/logo.png': 'dex\n035\0' },
    code: classes('com.example.app.Loader', LOAD),
  },
};

const NOT_MALICIOUS: Readonly<Record<string, FakeApp>> = {
  'an app with plug-ins: carries, fetches and loads code': {
    manifest: { permissions: ask('INTERNET CAMERA RECORD_AUDIO READ_CONTACTS ACCESS_FINE_LOCATION') },
    files: { 'assets/plugin.apk': 'PK\u0003\u0004' },
    code: classes('com.example.app.Plugins', LOAD, FETCH),
  },
  'a messenger with many permissions': {
    manifest: {
      permissions: ask(`INTERNET CAMERA RECORD_AUDIO READ_CONTACTS ACCESS_FINE_LOCATION
        READ_PHONE_STATE RECEIVE_SMS SYSTEM_ALERT_WINDOW REQUEST_INSTALL_PACKAGES GET_ACCOUNTS CALL_PHONE`),
      components: [LAUNCHER, BOOT],
    },
    code: classes('com.example.app.Calls', RECORD, FOLLOW, FETCH),
  },
  'a management agent': {
    manifest: {
      permissions: ask('INTERNET QUERY_ALL_PACKAGES REQUEST_INSTALL_PACKAGES'),
      components: [LAUNCHER, BOOT, guarded('receiver', 'DEVICE_ADMIN')],
    },
    code: classes('com.example.app.Agent', LOCK, 'call android.app.admin.DevicePolicyManager.wipeData(I)V'),
  },
  'an app lock: administrator, knows what is in front, covers it': {
    manifest: {
      permissions: ask('SYSTEM_ALERT_WINDOW PACKAGE_USAGE_STATS INTERNET'),
      components: [LAUNCHER, BOOT, guarded('receiver', 'DEVICE_ADMIN')],
    },
    code: classes('com.example.app.Guard', WATCH, COVER, LOCK),
  },
  'a screen reader': {
    manifest: { components: [LAUNCHER, guarded('service', 'ACCESSIBILITY_SERVICE')] },
    code: classes('com.example.app.Reader', TAP),
  },
};

const verdictOf = (app: FakeApp): string =>
  appraise(fakeApp(app), { version: '0', now: '2026-01-01T00:00:00Z' }).verdict;

describe('verdicts over whole apps', () => {
  it.each(Object.entries(MALICIOUS))('malicious: %s', (_name, app) => {
    expect(verdictOf(app)).toBe('malicious');
  });

  it.each(Object.entries(NOT_MALICIOUS))('not malicious: %s', (_name, app) => {
    expect(['benign', 'risky']).toContain(verdictOf(app));
  });

  it('a screen reader and a messenger are not even risky', () => {
    expect(verdictOf(NOT_MALICIOUS['a screen reader'] ?? {})).toBe('benign');
    expect(verdictOf(NOT_MALICIOUS['a messenger with many permissions'] ?? {})).toBe('benign');
  });
});
