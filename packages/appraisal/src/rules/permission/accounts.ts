import { permissionRule } from '../../permission-rule.ts';

export const accountsPermission = permissionRule({
  name: 'accounts',
  title: 'The app asks for the list of accounts',
  why: 'Names of the accounts on the phone, often e-mail addresses.',
  permissions: ['GET_ACCOUNTS', 'MANAGE_ACCOUNTS', 'AUTHENTICATE_ACCOUNTS'],
  note: 'gives access to account names',
  severity: 'info',
  dataRisk: { base: 2 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.005'], cwe: ['CWE-250'] },
});
