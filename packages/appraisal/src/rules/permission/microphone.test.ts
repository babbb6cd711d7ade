import { testRule } from '../../testing/test-rule.ts';
import { microphonePermission } from './microphone.ts';

testRule(microphonePermission, {
  bad: {
    RECORD_AUDIO: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.RECORD_AUDIO'] },
      shows: 'RECORD_AUDIO',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.RECORD_AUDIO'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
