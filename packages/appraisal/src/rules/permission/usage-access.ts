import { permissionRule } from '../../permission-rule.ts';

export const usageAccessPermission = permissionRule({
  name: 'usage-access',
  title: 'The app asks to see which app is in use',
  why: 'Shows which app is in front and for how long; malware uses it to know when to cover a bank’s app.',
  permissions: ['PACKAGE_USAGE_STATS', 'GET_TASKS', 'REAL_GET_TASKS'],
  note: 'shows which apps are used',
  severity: 'low',
  dataRisk: { base: 3 },
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1424'], cwe: ['CWE-250'] },
});
