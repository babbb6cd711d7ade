import { callRule } from '../../call-rule.ts';

export const audioRecording = callRule({
  name: 'audio-recording',
  title: 'The app can record sound',
  why: 'Talk in the room can be recorded while the app holds the permission.',
  remedy: 'Check that the app’s purpose needs it.',
  calls: [
    { class: 'android.media.AudioRecord', name: 'startRecording' },
    { class: 'android.media.MediaRecorder', name: 'setAudioSource' },
  ],
  note: 'records sound',
  severity: 'info',
  kind: 'behaviour',
  malice: { base: 1, inLibrary: 0.5 },
  dataRisk: { base: 4, inLibrary: 1.5 },
  mappings: { masvs: ['MASVS-PRIVACY-1'], attack: ['T1429'] },
});
