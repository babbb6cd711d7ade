import { LAUNCHER } from '../../testing/fake-manifest.ts';
import { testRule } from '../../testing/test-rule.ts';
import { hiddenSurveillance } from './hidden-surveillance.ts';

const permissions = ['INTERNET', 'READ_SMS', 'READ_CALL_LOG', 'RECORD_AUDIO'].map(
  (name) => `android.permission.${name}`,
);
const watching = [
  'string content://sms/inbox',
  'string content://call_log/calls',
  'call android.media.MediaRecorder.setAudioSource(I)V',
];
const hiding = 'call android.content.pm.PackageManager.setComponentEnabledSetting(Landroid/content/ComponentName;II)V';
const codeOf = (...of: readonly string[]) => [{ name: 'com.example.app.Spy', methods: { 'run()V': of } }];

testRule(hiddenSurveillance, {
  bad: {
    'an icon that can go': {
      manifest: { permissions, components: [LAUNCHER] },
      code: codeOf(...watching, hiding),
      shows: 'can take the icon away',
    },
    'no icon': { manifest: { permissions, components: [] }, code: codeOf(...watching), shows: 'home screen' },
  },
  good: {
    'an icon that stays': { manifest: { permissions, components: [LAUNCHER] }, code: codeOf(...watching) },
    'two kinds of watching': { manifest: { permissions }, code: codeOf(...watching.slice(1), hiding) },
    offline: { manifest: { permissions: permissions.slice(1) }, code: codeOf(...watching, hiding) },
    'watching in a library': {
      manifest: { permissions },
      code: [{ name: 'com.google.firebase.Spy', methods: { 'run()V': [...watching, hiding] } }],
    },
  },
});
