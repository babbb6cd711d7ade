import { callRule } from '../../call-rule.ts';

export const screenCapture = callRule({
  name: 'screen-capture',
  title: 'The app can record the screen',
  why: 'A recording shows what every other app shows, passwords and messages included. The owner is asked once per session.',
  remedy: 'Allow it to apps whose purpose is recording or remote help.',
  calls: [
    { class: 'android.media.projection.MediaProjection', name: 'createVirtualDisplay' },
    { class: 'android.media.projection.MediaProjectionManager', name: 'createScreenCaptureIntent' },
  ],
  note: 'records the screen',
  severity: 'low',
  kind: 'behaviour',
  malice: { base: 2, inLibrary: 1 },
  dataRisk: { base: 5, inLibrary: 2 },
  mappings: { masvs: ['MASVS-PLATFORM-3'], attack: ['T1513'] },
});
