import { testRule } from '../../testing/test-rule.ts';
import { smsSendPermission } from './sms-send.ts';

testRule(smsSendPermission, {
  bad: {
    SEND_SMS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.SEND_SMS'] },
      shows: 'SEND_SMS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.SEND_SMS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
