import { callRule } from '../../call-rule.ts';

export const foregroundAppWatch = callRule({
  name: 'foreground-app-watch',
  title: 'The app looks up which app is in use',
  why: 'Knowing the app in front is how a sign-in page is covered at the right moment; it also profiles the owner.',
  remedy: 'Check that the app’s purpose needs it, as with parental control.',
  calls: [
    { class: 'android.app.ActivityManager', name: 'getRunningTasks' },
    { class: 'android.app.usage.UsageStatsManager', name: 'queryEvents' },
    { class: 'android.app.usage.UsageStatsManager', name: 'queryUsageStats' },
  ],
  note: 'asks which app is or was in front',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 0.5 },
  dataRisk: { base: 3, inLibrary: 0.5 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1424'] },
});
