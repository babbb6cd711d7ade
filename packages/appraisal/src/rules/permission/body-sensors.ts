import { permissionRule } from '../../permission-rule.ts';

export const bodySensorsPermission = permissionRule({
  name: 'body-sensors',
  title: 'The app asks for body and activity sensors',
  why: 'Pulse and movement are health data.',
  permissions: ['BODY_SENSORS', 'BODY_SENSORS_BACKGROUND', 'ACTIVITY_RECOGNITION'],
  note: 'gives access to body or activity data',
  severity: 'info',
  dataRisk: { base: 2 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1533'], cwe: ['CWE-250'] },
});
