import { callRule } from '../../call-rule.ts';

export const installedApps = callRule({
  name: 'installed-apps',
  title: 'The app reads the list of installed apps',
  why: 'The list tells banks, illnesses and beliefs, and tells malware what to imitate.',
  remedy: 'Ask for the packages the app must see, one by one.',
  calls: [
    { class: 'android.content.pm.PackageManager', name: 'getInstalledPackages' },
    { class: 'android.content.pm.PackageManager', name: 'getInstalledApplications' },
    { class: 'android.content.pm.PackageManager', name: 'getInstalledPackagesAsUser' },
  ],
  note: 'lists installed apps',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 1.5, inLibrary: 0.5 },
  dataRisk: { base: 3, inLibrary: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1418'] },
});
