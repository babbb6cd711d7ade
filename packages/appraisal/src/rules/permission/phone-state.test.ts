import { testRule } from '../../testing/test-rule.ts';
import { phoneStatePermission } from './phone-state.ts';

testRule(phoneStatePermission, {
  bad: {
    READ_PHONE_STATE: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.READ_PHONE_STATE'] },
      shows: 'READ_PHONE_STATE',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.READ_PHONE_STATE'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
