import { permissionRule } from '../../permission-rule.ts';

export const cameraPermission = permissionRule({
  name: 'camera',
  title: 'The app asks for the camera',
  why: 'Pictures and video of the surroundings.',
  permissions: ['CAMERA'],
  note: 'lets the app take pictures and video',
  severity: 'info',
  dataRisk: { base: 3 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1512'], cwe: ['CWE-250'] },
});
