import { testRule } from '../../testing/test-rule.ts';
import { exportedReceiver } from './exported-receiver.ts';

const component = { kind: 'receiver', name: 'com.example.app.Open', exported: true } as const;

testRule(exportedReceiver, {
  bad: {
    'exported without a permission': { manifest: { components: [component] }, shows: 'com.example.app.Open' },
    'exported by an intent filter': {
      manifest: { components: [{ kind: 'receiver', name: 'com.example.app.Open', actions: ['com.example.ACTION'] }] },
      shows: 'intent filter',
    },
  },
  good: {
    'not exported': { manifest: { components: [{ ...component, exported: false }] } },
    'guarded by a permission': { manifest: { components: [{ ...component, permission: 'com.example.app.P' }] } },
    'guarded by a permission of the application': {
      manifest: { components: [component], application: { permission: 'com.example.app.P' } },
    },
    'a receiver of the start of the phone': {
      manifest: { components: [{ ...component, actions: ['android.intent.action.BOOT_COMPLETED'] }] },
    },
  },
});
