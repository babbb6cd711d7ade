import { testRule } from '../../testing/test-rule.ts';
import { queryAllPackagesPermission } from './query-all-packages.ts';

testRule(queryAllPackagesPermission, {
  bad: {
    QUERY_ALL_PACKAGES: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.QUERY_ALL_PACKAGES'] },
      shows: 'QUERY_ALL_PACKAGES',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.QUERY_ALL_PACKAGES'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
