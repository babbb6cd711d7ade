import { permissionRule } from '../../permission-rule.ts';

export const phoneStatePermission = permissionRule({
  name: 'phone-state',
  title: 'The app asks for the phone’s number and identity',
  why: 'The number, and on older Android the IMEI, identify the owner across apps.',
  permissions: ['READ_PHONE_STATE', 'READ_PHONE_NUMBERS'],
  note: 'gives access to phone number and call state',
  severity: 'info',
  dataRisk: { base: 2 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1426'], cwe: ['CWE-250'] },
});
