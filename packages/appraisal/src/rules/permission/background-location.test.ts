import { testRule } from '../../testing/test-rule.ts';
import { backgroundLocationPermission } from './background-location.ts';

testRule(backgroundLocationPermission, {
  bad: {
    ACCESS_BACKGROUND_LOCATION: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.ACCESS_BACKGROUND_LOCATION'] },
      shows: 'ACCESS_BACKGROUND_LOCATION',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.ACCESS_BACKGROUND_LOCATION'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
