import { testRule } from '../../testing/test-rule.ts';
import { accessibilityService } from './accessibility-service.ts';

const component = { kind: 'service', name: 'com.example.app.Powerful', exported: true } as const;

testRule(accessibilityService, {
  bad: {
    'a service guarded by BIND_ACCESSIBILITY_SERVICE': {
      manifest: { components: [{ ...component, permission: 'android.permission.BIND_ACCESSIBILITY_SERVICE' }] },
      shows: 'com.example.app.Powerful',
    },
  },
  good: {
    'the same service without the guard': { manifest: { components: [component] } },
    'a service guarded by a permission of the app': {
      manifest: { components: [{ ...component, permission: 'com.example.app.BIND_ACCESSIBILITY_SERVICE' }] },
    },
  },
});
