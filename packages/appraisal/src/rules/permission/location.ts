import { permissionRule } from '../../permission-rule.ts';

export const locationPermission = permissionRule({
  name: 'location',
  title: 'The app asks for the location',
  why: 'Where the owner is tells home, work, doctor and company.',
  permissions: ['ACCESS_FINE_LOCATION', 'ACCESS_COARSE_LOCATION'],
  note: 'gives access to the location while the app is in use',
  severity: 'low',
  dataRisk: { base: 4 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1430'], cwe: ['CWE-250'] },
  remedy: 'Grant the approximate location, and only while the app is in use.',
});
