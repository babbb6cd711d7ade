import { evasionRule } from './evasion-rule.ts';

export const installerGate = evasionRule({
  name: 'installer-gate',
  title: 'The app checks which store installed it',
  why: 'An analyst installs apps by hand, a victim from a store or an advertisement. Licence checks ask the same.',
  remedy: 'Let the sandbox say that a store installed it.',
  severity: 'info',
  probes: [
    {
      calls: [
        { class: 'android.content.pm.PackageManager', name: 'getInstallerPackageName' },
        { class: 'android.content.pm.PackageManager', name: 'getInstallSourceInfo' },
        { class: 'android.content.pm.InstallSourceInfo', name: 'getInstallingPackageName' },
        { class: 'com.android.installreferrer.api.InstallReferrerClient', name: 'startConnection' },
      ],
      note: 'asks who installed the app',
    },
    {
      strings: ['com.android.vending', 'com.google.android.feedback', 'utm_source', 'gclid'],
      note: 'the answer that is looked for',
    },
  ],
  atLeast: 2,
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1627'] },
});
