import { permissionRule } from '../../permission-rule.ts';

export const overlayPermission = permissionRule({
  name: 'overlay',
  title: 'The app asks to draw over other apps',
  why: 'A window over another app can imitate its sign-in page, or hide what a tap really does.',
  permissions: ['SYSTEM_ALERT_WINDOW', 'INTERNAL_SYSTEM_WINDOW'],
  note: 'lets the app draw over other apps',
  severity: 'low',
  dataRisk: { base: 3 },
  malice: { base: 3 },
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1417.002'], cwe: ['CWE-250'] },
  remedy: 'Grant it only to apps whose purpose is to float over others.',
});
