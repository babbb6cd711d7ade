import { testRule } from '../../testing/test-rule.ts';
import { locationPermission } from './location.ts';

testRule(locationPermission, {
  bad: {
    ACCESS_FINE_LOCATION: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.ACCESS_FINE_LOCATION'] },
      shows: 'ACCESS_FINE_LOCATION',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.ACCESS_FINE_LOCATION'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
