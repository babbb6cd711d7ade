import { testRule } from '../../testing/test-rule.ts';
import { overlayPermission } from './overlay.ts';

testRule(overlayPermission, {
  bad: {
    SYSTEM_ALERT_WINDOW: {
      manifest: { permissions: ['android.permission.INTERNET', 'android.permission.SYSTEM_ALERT_WINDOW'] },
      shows: 'SYSTEM_ALERT_WINDOW',
    },
  },
  good: {
    'a permission of the same last name that is not the platform’s': {
      manifest: { permissions: ['com.example.permission.SYSTEM_ALERT_WINDOW'] },
    },
    'no permission but the network': { manifest: { permissions: ['android.permission.INTERNET'] } },
  },
});
