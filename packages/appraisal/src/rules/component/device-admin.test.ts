import { testRule } from '../../testing/test-rule.ts';
import { deviceAdmin } from './device-admin.ts';

const component = { kind: 'receiver', name: 'com.example.app.Powerful', exported: true } as const;

testRule(deviceAdmin, {
  bad: {
    'a receiver guarded by BIND_DEVICE_ADMIN': {
      manifest: { components: [{ ...component, permission: 'android.permission.BIND_DEVICE_ADMIN' }] },
      shows: 'com.example.app.Powerful',
    },
  },
  good: {
    'the same receiver without the guard': { manifest: { components: [component] } },
    'a receiver guarded by a permission of the app': {
      manifest: { components: [{ ...component, permission: 'com.example.app.BIND_DEVICE_ADMIN' }] },
    },
  },
});
