import { permissionRule } from '../../permission-rule.ts';

export const installPackagesPermission = permissionRule({
  name: 'install-packages',
  title: 'The app asks to install other apps',
  why: 'What is installed this way comes past the store and its checks.',
  permissions: ['REQUEST_INSTALL_PACKAGES', 'INSTALL_PACKAGES'],
  note: 'lets the app offer apps for installation',
  severity: 'low',
  dataRisk: { base: 4 },
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-PLATFORM-1'], attack: ['T1544'], cwe: ['CWE-250'] },
  remedy: 'Only stores, browsers and file managers need it.',
});
