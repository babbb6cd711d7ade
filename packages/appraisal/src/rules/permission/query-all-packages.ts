import { permissionRule } from '../../permission-rule.ts';

export const queryAllPackagesPermission = permissionRule({
  name: 'query-all-packages',
  title: 'The app asks to see every installed app',
  why: 'The list of apps tells banks, illnesses and beliefs, and tells malware what to imitate.',
  permissions: ['QUERY_ALL_PACKAGES'],
  note: 'shows every installed app',
  severity: 'low',
  dataRisk: { base: 4 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1418'], cwe: ['CWE-250'] },
  remedy: 'Name the packages the app must see in <queries> instead.',
});
