import { permissionRule } from '../../permission-rule.ts';

export const backgroundLocationPermission = permissionRule({
  name: 'background-location',
  title: 'The app asks for the location at all times',
  why: 'With it the app can record every movement while nobody looks at it.',
  permissions: ['ACCESS_BACKGROUND_LOCATION'],
  note: 'gives access to the location in the background',
  severity: 'medium',
  dataRisk: { base: 6 },
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1430'], cwe: ['CWE-250'] },
  remedy: 'Grant the location only while the app is in use.',
});
