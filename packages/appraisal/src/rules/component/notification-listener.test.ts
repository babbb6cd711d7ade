import { testRule } from '../../testing/test-rule.ts';
import { notificationListener } from './notification-listener.ts';

const component = { kind: 'service', name: 'com.example.app.Powerful', exported: true } as const;

testRule(notificationListener, {
  bad: {
    'a service guarded by BIND_NOTIFICATION_LISTENER_SERVICE': {
      manifest: { components: [{ ...component, permission: 'android.permission.BIND_NOTIFICATION_LISTENER_SERVICE' }] },
      shows: 'com.example.app.Powerful',
    },
  },
  good: {
    'the same service without the guard': { manifest: { components: [component] } },
    'a service guarded by a permission of the app': {
      manifest: { components: [{ ...component, permission: 'com.example.app.BIND_NOTIFICATION_LISTENER_SERVICE' }] },
    },
  },
});
