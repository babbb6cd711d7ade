import { testRule } from '../../testing/test-rule.ts';
import { surveillanceSet } from './surveillance-set.ts';

const boot = {
  kind: 'receiver',
  name: 'com.example.app.Boot',
  actions: ['android.intent.action.BOOT_COMPLETED'],
} as const;
const permissions = ['INTERNET', 'READ_SMS', 'READ_CALL_LOG', 'RECORD_AUDIO', 'ACCESS_FINE_LOCATION'].map(
  (name) => `android.permission.${name}`,
);
const instructions = [
  'string content://sms/inbox',
  'string content://call_log/calls',
  'call android.media.MediaRecorder.setAudioSource(I)V',
  'call android.location.LocationManager.requestLocationUpdates(Ljava/lang/String;JFLandroid/location/LocationListener;)V',
];
const codeOf = (name: string, ...of: readonly string[]) => [{ name, methods: { 'run()V': of } }];

testRule(surveillanceSet, {
  bad: {
    'four kinds': {
      manifest: { permissions, components: [boot] },
      code: codeOf('com.example.app.Spy', ...instructions),
      shows: 'reads the call log',
    },
  },
  good: {
    'three kinds': {
      manifest: { permissions, components: [boot] },
      code: codeOf('com.example.app.Spy', ...instructions.slice(0, 3)),
    },
    'permissions that the code does not use': { manifest: { permissions, components: [boot] } },
    'code without the permissions': {
      manifest: { permissions: ['android.permission.INTERNET'], components: [boot] },
      code: codeOf('com.example.app.Spy', ...instructions),
    },
    'does not start with the phone': {
      manifest: { permissions },
      code: codeOf('com.example.app.Spy', ...instructions),
    },
  },
});
