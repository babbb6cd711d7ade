import { testRule } from '../../testing/test-rule.ts';
import { usageAccessPermission } from './usage-access.ts';

testRule(usageAccessPermission, {
  bad: {
    PACKAGE_USAGE_STATS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.PACKAGE_USAGE_STATS'] },
      shows: 'PACKAGE_USAGE_STATS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.PACKAGE_USAGE_STATS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
