import { permissionRule } from '../../permission-rule.ts';

export const sharedStoragePermission = permissionRule({
  name: 'shared-storage',
  title: 'The app asks for all shared files',
  why: 'Photos, downloads and documents of all apps lie in shared storage.',
  permissions: ['MANAGE_EXTERNAL_STORAGE'],
  note: 'gives access to all files in shared storage',
  severity: 'medium',
  dataRisk: { base: 6 },
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-STORAGE-2', 'MASVS-PRIVACY-1'], attack: ['T1533'], cwe: ['CWE-250'] },
  remedy: 'Only file managers and backup apps need it; others can let the user pick files.',
});
