import { testRule } from '../../testing/test-rule.ts';
import { deviceIdentifiers } from './device-identifiers.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(deviceIdentifiers, {
  bad: {
    'a call': {
      code: codeOf('call android.telephony.TelephonyManager.getSubscriberId()Ljava/lang/String;'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.telephony.TelephonyManager.getNetworkType()I'),
    },
    'the name in a string': {
      code: codeOf('string android.telephony.TelephonyManager.getSubscriberId()Ljava/lang/String;'),
    },
  },
});
