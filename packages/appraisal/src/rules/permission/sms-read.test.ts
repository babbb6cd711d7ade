import { testRule } from '../../testing/test-rule.ts';
import { smsReadPermission } from './sms-read.ts';

testRule(smsReadPermission, {
  bad: {
    READ_SMS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.READ_SMS'] },
      shows: 'READ_SMS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.READ_SMS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
