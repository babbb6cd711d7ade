import { permissionRule } from '../../permission-rule.ts';

export const smsSendPermission = permissionRule({
  name: 'sms-send',
  title: 'The app asks to send text messages',
  why: 'Messages cost money, and spread links in the owner’s name.',
  permissions: ['SEND_SMS'],
  note: 'lets the app send messages',
  severity: 'low',
  dataRisk: { base: 4 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1582'], cwe: ['CWE-250'] },
});
