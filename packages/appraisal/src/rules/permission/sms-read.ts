import { permissionRule } from '../../permission-rule.ts';

export const smsReadPermission = permissionRule({
  name: 'sms-read',
  title: 'The app asks to read text messages',
  why: 'Text messages carry one-time codes of banks and accounts.',
  permissions: ['READ_SMS', 'RECEIVE_SMS', 'RECEIVE_MMS', 'RECEIVE_WAP_PUSH'],
  note: 'gives access to text messages',
  severity: 'low',
  dataRisk: { base: 5, step: 1, max: 7 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.004'], cwe: ['CWE-250'] },
  remedy: 'Codes for a sign-in can be had without this permission (SMS Retriever). Grant it to messaging apps only.',
});
