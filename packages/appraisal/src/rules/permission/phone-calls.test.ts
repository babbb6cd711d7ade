import { testRule } from '../../testing/test-rule.ts';
import { phoneCallsPermission } from './phone-calls.ts';

testRule(phoneCallsPermission, {
  bad: {
    CALL_PHONE: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.CALL_PHONE'] },
      shows: 'CALL_PHONE',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.CALL_PHONE'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
