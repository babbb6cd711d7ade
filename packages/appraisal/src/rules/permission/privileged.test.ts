import { testRule } from '../../testing/test-rule.ts';
import { privilegedPermission } from './privileged.ts';

testRule(privilegedPermission, {
  bad: {
    WRITE_SECURE_SETTINGS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.WRITE_SECURE_SETTINGS'] },
      shows: 'WRITE_SECURE_SETTINGS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.WRITE_SECURE_SETTINGS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
