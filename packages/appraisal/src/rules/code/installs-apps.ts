import { callRule } from '../../call-rule.ts';

export const installsApps = callRule({
  name: 'installs-apps',
  title: 'The app installs other apps',
  why: 'What it installs comes past the store and its checks.',
  remedy: 'Allow it to stores and management agents only.',
  calls: [
    { class: 'android.content.pm.PackageInstaller', name: 'createSession' },
    { class: 'android.content.pm.PackageInstaller$Session', name: 'commit' },
  ],
  note: 'installs a package',
  severity: 'medium',
  kind: 'behaviour',
  malice: { base: 4, inLibrary: 1.5 },
  dataRisk: { base: 3, inLibrary: 1 },
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1544'] },
});
