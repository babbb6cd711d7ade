import { type FakeElement, type FakeManifest, LAUNCHER } from '../../testing/fake-manifest.ts';
import { appWithXml } from '../../testing/fake-resource.ts';
import { type RowFixtures, testTable } from '../../testing/test-table.ts';
import { APPLICATION_RULES } from './application-rules.ts';
import { BACKUP_RULES } from './backup-rules.ts';
import { LINK_RULES } from './link-rules.ts';
import { PLATFORM_LEVEL_RULES } from './platform-level-rules.ts';

const of = (manifest: FakeManifest) => ({ manifest });
/** An attribute of `<application>` that is wrong with one value and fine with another. */
const attribute = (name: string, bad: string, good: string): RowFixtures => ({
  bad: of({ application: { [name]: bad } }),
  shows: `android:${name}`,
  good: of({ application: { [name]: good } }),
});
const el = (name: string, attributes: Record<string, string> = {}, ...children: FakeElement[]): FakeElement => ({
  name,
  attributes,
  children,
});
const safeBrowsing = (value: string) =>
  of({ inApplication: [el('meta-data', { name: 'android.webkit.WebView.EnableSafeBrowsing', value })] });
const queries = (...children: FakeElement[]) => of({ inRoot: [el('queries', {}, ...children)] });
const intent = (name: string) => el('intent', {}, el('action', { name }));

testTable(APPLICATION_RULES, {
  'legacy-external-storage': attribute('requestLegacyExternalStorage', 'true', 'false'),
  'keeps-legacy-storage': attribute('preserveLegacyExternalStorage', 'true', 'false'),
  'data-survives-removal': attribute('hasFragileUserData', 'true', 'false'),
  'pointer-tags-off': attribute('allowNativeHeapPointerTagging', 'false', 'true'),
  'memory-tags-off': attribute('memtagMode', '0', '2'),
  'heap-sampling-off': attribute('gwpAsanMode', '0', '1'),
  'native-libraries-extracted': attribute('extractNativeLibs', 'true', 'false'),
  'large-heap': attribute('largeHeap', 'true', 'false'),
  persistent: attribute('persistent', 'true', 'false'),
  'restores-any-version': attribute('restoreAnyVersion', 'true', 'false'),
  'own-backup-agent': attribute('backupAgent', '.Agent', ''),
  'data-kept-from-clearing': attribute('allowClearUserData', 'false', 'true'),
  'task-reparenting': {
    bad: [
      of({ application: { allowTaskReparenting: 'true' } }),
      of({ components: [{ ...LAUNCHER, attributes: { allowTaskReparenting: 'true' } }] }),
    ],
    good: of({ application: { allowTaskReparenting: 'false' } }),
  },
  'safe-browsing-off': { bad: safeBrowsing('false'), good: safeBrowsing('true') },
  'legacy-http-client': {
    bad: of({ inApplication: [el('uses-library', { name: 'org.apache.http.legacy' })] }),
    good: of({ inApplication: [el('uses-library', { name: 'android.test.runner' })] }),
  },
  'profileable-by-shell': {
    bad: of({ inApplication: [el('profileable', { shell: 'true' })] }),
    good: of({ inApplication: [el('profileable', { shell: 'false' })] }),
  },
  'instruments-another-app': {
    bad: of({ inRoot: [el('instrumentation', { targetPackage: 'com.example.other' })] }),
    shows: 'com.example.other',
    good: [
      of({ inRoot: [el('instrumentation')] }),
      of({ inRoot: [el('instrumentation', { targetPackage: 'com.example.app' })] }),
    ],
  },
  'shared-user': {
    bad: of({ root: { sharedUserId: 'com.example.shared' } }),
    good: of({ root: { sharedUserId: 'android.uid.system' } }),
  },
  'prefers-shared-storage': {
    bad: of({ root: { installLocation: '2' } }),
    good: of({ root: { installLocation: '1' } }),
  },
  'sees-all-launchers': {
    bad: queries(intent('android.intent.action.MAIN')),
    good: queries(intent('android.intent.action.VIEW')),
  },
  'asks-about-many-apps': {
    bad: queries(...Array.from({ length: 20 }, (_, n) => el('package', { name: `com.example.a${n}` }))),
    shows: 'one of 20',
    good: queries(el('package', { name: 'com.example.a' })),
  },
});

testTable(PLATFORM_LEVEL_RULES, {
  'low-min-sdk': { bad: of({ minSdk: 16 }), shows: 'before 17', good: [of({ minSdk: 24 }), of({ minSdk: null })] },
  'no-target-sdk': {
    bad: of({ minSdk: 21, targetSdk: 21, inRoot: [el('uses-sdk', { minSdkVersion: '21' })] }),
    good: of({ minSdk: 35, targetSdk: 35, inRoot: [el('uses-sdk', { minSdkVersion: '35', targetSdkVersion: '35' })] }),
  },
});

const include = (domain: string, path: string) => ({ name: 'include', attributes: { domain, path } });
const extraction = (
  section: string,
  attributes: Record<string, string>,
  ...children: { name: string; attributes: Record<string, string> }[]
) => appWithXml({ name: 'data-extraction-rules', children: [{ name: section, attributes, children }] });

testTable(BACKUP_RULES, {
  'backup-without-rules': {
    bad: of({ application: { allowBackup: 'true' } }),
    good: [
      of({ application: { allowBackup: 'false' } }),
      of({ application: { allowBackup: 'true', dataExtractionRules: '@0x7f150001' } }),
      of({ targetSdk: 30, application: { allowBackup: 'true' } }),
    ],
  },
  'backup-takes-everything': {
    bad: [
      appWithXml({ name: 'full-backup-content', children: [include('root', '.')] }),
      extraction('cloud-backup', {}, include('database', '.')),
    ],
    shows: 'takes all of',
    good: [
      appWithXml({ name: 'full-backup-content', children: [include('sharedpref', 'settings.xml')] }),
      extraction('cloud-backup', {}, include('database', '.'), {
        name: 'exclude',
        attributes: { domain: 'database', path: 'secret.db' },
      }),
      extraction('device-transfer', {}, include('database', '.')),
    ],
  },
  'backup-may-be-unencrypted': {
    bad: extraction('cloud-backup', {}, include('file', 'a')),
    good: [
      extraction('cloud-backup', { disableIfNoEncryptionCapabilities: 'true' }, include('file', 'a')),
      extraction('cloud-backup', {}),
    ],
  },
});

const link = (data: readonly Record<string, string>[], filter: Record<string, string> = {}, exported = true) =>
  of({
    components: [
      {
        kind: 'activity',
        name: 'com.example.app.Link',
        exported,
        children: [
          el(
            'intent-filter',
            filter,
            el('action', { name: 'android.intent.action.VIEW' }),
            el('category', { name: 'android.intent.category.BROWSABLE' }),
            ...data.map((attributes) => el('data', attributes)),
          ),
        ],
      },
    ],
  });
const WEB = { scheme: 'https', host: 'example.com' };

testTable(LINK_RULES, {
  'link-over-http': { bad: link([{ ...WEB, scheme: 'http' }]), shows: 'example.com', good: link([WEB]) },
  'link-not-verified': {
    bad: link([WEB]),
    shows: 'without autoVerify',
    good: [link([WEB], { autoVerify: 'true' }), link([{ scheme: 'example' }]), link([WEB], {}, false)],
  },
  'link-of-any-site': { bad: [link([{ scheme: 'https' }]), link([{ ...WEB, host: '*' }])], good: link([WEB]) },
  'link-host-wildcard': { bad: link([{ ...WEB, host: '*.example.com' }]), good: link([WEB]) },
  'link-to-files': { bad: link([{ scheme: 'file' }]), good: link([WEB]) },
  'link-of-another-app': {
    bad: link([{ scheme: 'whatsapp' }]),
    shows: 'whatsapp:',
    good: link([{ scheme: 'example' }]),
  },
});
