import { permissionRule } from '../../permission-rule.ts';

export const contactsPermission = permissionRule({
  name: 'contacts',
  title: 'The app asks for the contacts',
  why: 'Names, numbers and addresses of other people, who were not asked.',
  permissions: ['READ_CONTACTS', 'WRITE_CONTACTS'],
  note: 'gives access to the address book',
  severity: 'low',
  dataRisk: { base: 4, step: 1, max: 5 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1636.003'], cwe: ['CWE-250'] },
});
