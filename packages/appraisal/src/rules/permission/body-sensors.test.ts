import { testRule } from '../../testing/test-rule.ts';
import { bodySensorsPermission } from './body-sensors.ts';

testRule(bodySensorsPermission, {
  bad: {
    BODY_SENSORS: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.BODY_SENSORS'] },
      shows: 'BODY_SENSORS',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.BODY_SENSORS'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
