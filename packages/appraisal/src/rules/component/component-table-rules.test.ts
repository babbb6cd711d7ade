import type { XmlNode } from '@vedette/formats/builders';
import { type FakeComponent, type FakeElement, type FakeManifest, LAUNCHER } from '../../testing/fake-manifest.ts';
import { appWithXml } from '../../testing/fake-resource.ts';
import { type RowFixtures, testTable } from '../../testing/test-table.ts';
import { BOUND_SERVICE_RULES } from './bound-service-rules.ts';
import { EXPOSURE_RULES } from './exposure-rules.ts';
import { FOREGROUND_SERVICE_RULES } from './foreground-service-rules.ts';
import { PROVIDER_RULES } from './provider-rules.ts';
import { SERVICE_CONFIG_RULES } from './service-config-rules.ts';

const of = (component: Partial<FakeComponent>, manifest: FakeManifest = {}) => ({
  manifest: {
    ...manifest,
    components: [{ kind: 'activity' as const, name: 'com.example.app.Part', ...component }],
  },
});
const provider = (attributes: Record<string, string>, ...children: FakeElement[]) =>
  of({ kind: 'provider', exported: true, attributes, children });
const paths = (name: string, path?: string) =>
  appWithXml({ name: 'paths', children: [{ name, attributes: path === undefined ? {} : { path } }] });

testTable(PROVIDER_RULES, {
  'provider-open-for-writing': {
    bad: provider({ readPermission: 'a.R' }),
    good: [
      provider({ readPermission: 'a.R', writePermission: 'a.W' }),
      provider({ permission: 'a.P', readPermission: 'a.R' }),
    ],
  },
  'provider-open-for-reading': {
    bad: provider({ writePermission: 'a.W' }),
    good: provider({ readPermission: 'a.R', writePermission: 'a.W' }),
  },
  'provider-path-gap': {
    bad: provider({}, { name: 'path-permission', attributes: { path: '/private' } }),
    good: [provider({}), provider({ permission: 'a.P' }, { name: 'path-permission' })],
  },
  'provider-grants-everything': {
    bad: [
      provider({}, { name: 'grant-uri-permission', attributes: { pathPrefix: '/' } }),
      provider({}, { name: 'grant-uri-permission', attributes: { pathPattern: '.*' } }),
    ],
    good: provider({}, { name: 'grant-uri-permission', attributes: { pathPrefix: '/shared/' } }),
  },
  'provider-open-on-old-phones': {
    bad: of({ kind: 'provider' }, { minSdk: 16 }),
    good: [of({ kind: 'provider' }, { minSdk: 21 }), of({ kind: 'provider', exported: false }, { minSdk: 16 })],
  },
  'file-provider-shares-root': { bad: paths('root-path', '.'), good: paths('files-path', 'shared/') },
  'file-provider-shares-private-directory': {
    bad: [paths('files-path', '.'), paths('files-path')],
    good: paths('files-path', 'shared/'),
  },
  'file-provider-shares-storage': { bad: paths('external-path', '.'), good: paths('external-path', 'Pictures/') },
});

const SMS = 'android.provider.Telephony.SMS_RECEIVED';
const flag = (kind: FakeComponent['kind'], name: string): RowFixtures => ({
  bad: of({ kind, attributes: { [name]: 'true' } }),
  good: of({ kind, attributes: { [name]: 'false' } }),
});
const task = (attributes: Record<string, string>, minSdk = 26) => of({ exported: true, attributes }, { minSdk });

testTable(EXPOSURE_RULES, {
  'sms-receiver-unguarded': {
    bad: of({ kind: 'receiver', actions: [SMS] }),
    good: [
      of({ kind: 'receiver', actions: [SMS], permission: 'android.permission.BROADCAST_SMS' }),
      of({ kind: 'receiver', actions: [SMS], exported: false }),
    ],
  },
  'high-priority-filter': {
    bad: of({ kind: 'receiver', actions: [SMS], priority: 999 }),
    good: of({ kind: 'receiver', actions: [SMS], priority: 10 }),
  },
  'starts-with-phone': {
    bad: of({ kind: 'receiver', actions: ['android.intent.action.BOOT_COMPLETED'] }),
    good: of({ kind: 'receiver', actions: ['android.intent.action.MY_PACKAGE_REPLACED'] }),
  },
  'listens-to-calls': {
    bad: of({ kind: 'receiver', actions: ['android.intent.action.PHONE_STATE'] }),
    good: of({ kind: 'receiver', actions: [SMS] }),
  },
  'exported-by-filter': {
    bad: of({ actions: ['com.example.app.SHOW'] }, { targetSdk: 30 }),
    good: of({ actions: ['com.example.app.SHOW'], exported: true }, { targetSdk: 30 }),
  },
  'exported-not-said': {
    bad: of({ actions: ['com.example.app.SHOW'] }, { targetSdk: 34 }),
    good: [of({ actions: ['com.example.app.SHOW'] }, { targetSdk: 30 }), of({})],
  },
  'task-can-be-hijacked': {
    bad: task({ launchMode: '2' }),
    good: [task({ launchMode: '0' }), task({ launchMode: '2' }, 30), task({ launchMode: '2', taskAffinity: '' })],
  },
  'shown-over-lock': flag('activity', 'showWhenLocked'),
  'hidden-from-recents': {
    bad: { manifest: { components: [{ ...LAUNCHER, attributes: { excludeFromRecents: 'true' } }] } },
    good: of({ attributes: { excludeFromRecents: 'true' } }),
  },
  'runs-before-unlock': flag('receiver', 'directBootAware'),
  'isolated-service': flag('service', 'isolatedProcess'),
});

const service = (type: string | undefined, ...permissions: readonly string[]) => ({
  manifest: {
    permissions: permissions.map((name) => `android.permission.${name}`),
    components: [
      {
        kind: 'service' as const,
        name: 'com.example.app.Work',
        attributes: type === undefined ? {} : { foregroundServiceType: type },
      },
    ],
  },
});

testTable(FOREGROUND_SERVICE_RULES, {
  'service-senses': {
    bad: [service('0x80'), service('camera|dataSync')],
    shows: 'goes on with',
    good: [service('0x1'), service(undefined)],
  },
  'service-type-without-permission': {
    bad: service('0x8'),
    shows: 'FOREGROUND_SERVICE_LOCATION',
    good: service('0x8', 'FOREGROUND_SERVICE_LOCATION'),
  },
  'service-type-missing': {
    bad: service(undefined, 'FOREGROUND_SERVICE'),
    good: [service('0x1', 'FOREGROUND_SERVICE'), service(undefined)],
  },
});

const accessibility = (attribute: string): RowFixtures => {
  const config = (value: string) =>
    appWithXml({ name: 'accessibility-service', attributes: { [`android:${attribute}`]: value } });
  return { bad: config('true'), shows: 'res/a1.xml', good: config('false') };
};
const admin = (policy: string): RowFixtures => {
  const config = (...children: XmlNode[]) =>
    appWithXml({ name: 'device-admin', children: [{ name: 'uses-policies', children }] });
  return { bad: config({ name: policy }), shows: policy, good: config({ name: 'limit-password' }) };
};

testTable(SERVICE_CONFIG_RULES, {
  'accessibility-reads-windows': accessibility('canRetrieveWindowContent'),
  'accessibility-gestures': accessibility('canPerformGestures'),
  'accessibility-key-filter': accessibility('canRequestFilterKeyEvents'),
  'accessibility-screenshots': accessibility('canTakeScreenshot'),
  'accessibility-no-tool': {
    bad: appWithXml({ name: 'accessibility-service' }),
    good: appWithXml({ name: 'accessibility-service', attributes: { 'android:isAccessibilityTool': 'true' } }),
  },
  'admin-erases': admin('wipe-data'),
  'admin-changes-lock': admin('force-lock'),
  'admin-watches-unlocking': admin('watch-login'),
  'admin-switches-off': admin('disable-camera'),
});

const bound = (guard: string): RowFixtures => ({
  bad: of({ kind: 'service', exported: true, permission: `android.permission.BIND_${guard}` }),
  good: of({ kind: 'service', exported: true, permission: 'com.example.permission.BIND' }),
});

testTable(BOUND_SERVICE_RULES, {
  'autofill-service': bound('AUTOFILL_SERVICE'),
  'credential-provider': bound('CREDENTIAL_PROVIDER_SERVICE'),
  'in-call-service': bound('INCALL_SERVICE'),
  'call-redirection': bound('CALL_REDIRECTION_SERVICE'),
  'call-screening': bound('SCREENING_SERVICE'),
  'voice-assistant': bound('VOICE_INTERACTION'),
  'card-emulation': bound('NFC_SERVICE'),
  'print-service': bound('PRINT_SERVICE'),
});
