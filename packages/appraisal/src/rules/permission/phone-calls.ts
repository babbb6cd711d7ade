import { permissionRule } from '../../permission-rule.ts';

export const phoneCallsPermission = permissionRule({
  name: 'phone-calls',
  title: 'The app asks to make, answer or redirect calls',
  why: 'Calls can cost money, and a redirected call reaches somebody else than the owner meant.',
  permissions: ['CALL_PHONE', 'ANSWER_PHONE_CALLS', 'PROCESS_OUTGOING_CALLS', 'MANAGE_OWN_CALLS'],
  note: 'lets the app act on calls',
  severity: 'low',
  dataRisk: { base: 3, step: 1, max: 5 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1616'], cwe: ['CWE-250'] },
});
