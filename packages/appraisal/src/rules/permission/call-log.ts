import { permissionRule } from '../../permission-rule.ts';

export const callLogPermission = permissionRule({
  name: 'call-log',
  title: 'The app asks for the call log',
  why: 'Who called whom, when and for how long.',
  permissions: ['READ_CALL_LOG', 'WRITE_CALL_LOG'],
  note: 'gives access to the call log',
  severity: 'low',
  dataRisk: { base: 5, step: 1, max: 6 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.002'], cwe: ['CWE-250'] },
});
