import { testRule } from '../../testing/test-rule.ts';
import { callLogPermission } from './call-log.ts';

testRule(callLogPermission, {
  bad: {
    READ_CALL_LOG: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.READ_CALL_LOG'] },
      shows: 'READ_CALL_LOG',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.READ_CALL_LOG'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
