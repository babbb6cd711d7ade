import { testRule } from '../../testing/test-rule.ts';
import { exportedService } from './exported-service.ts';

const component = { kind: 'service', name: 'com.example.app.Open', exported: true } as const;

testRule(exportedService, {
  bad: {
    'exported without a permission': { manifest: { components: [component] }, shows: 'com.example.app.Open' },
    'exported by an intent filter': {
      manifest: { components: [{ kind: 'service', name: 'com.example.app.Open', actions: ['com.example.ACTION'] }] },
      shows: 'intent filter',
    },
  },
  good: {
    'not exported': { manifest: { components: [{ ...component, exported: false }] } },
    'guarded by a permission': { manifest: { components: [{ ...component, permission: 'com.example.app.P' }] } },
    'guarded by a permission of the application': {
      manifest: { components: [component], application: { permission: 'com.example.app.P' } },
    },
    'a service that the system binds': {
      manifest: { components: [{ ...component, actions: ['android.service.quicksettings.action.QS_TILE'] }] },
    },
  },
});
