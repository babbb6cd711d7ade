import { permissionRule } from '../../permission-rule.ts';

export const microphonePermission = permissionRule({
  name: 'microphone',
  title: 'The app asks for the microphone',
  why: 'Talk in the room and on the phone can be recorded.',
  permissions: ['RECORD_AUDIO', 'CAPTURE_AUDIO_OUTPUT'],
  note: 'lets the app record sound',
  severity: 'low',
  dataRisk: { base: 4 },
  malice: { base: 1 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1429'], cwe: ['CWE-250'] },
});
