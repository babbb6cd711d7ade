import { testRule } from '../../testing/test-rule.ts';
import { exportedProvider } from './exported-provider.ts';

const component = { kind: 'provider', name: 'com.example.app.Open', exported: true } as const;

testRule(exportedProvider, {
  bad: {
    'exported without a permission': { manifest: { components: [component] }, shows: 'com.example.app.Open' },
    'exported by an intent filter': {
      manifest: { components: [{ kind: 'provider', name: 'com.example.app.Open', actions: ['com.example.ACTION'] }] },
      shows: 'intent filter',
    },
  },
  good: {
    'not exported': { manifest: { components: [{ ...component, exported: false }] } },
    'guarded by a permission': { manifest: { components: [{ ...component, permission: 'com.example.app.P' }] } },
    'guarded by a permission of the application': {
      manifest: { components: [component], application: { permission: 'com.example.app.P' } },
    },
    'a permission for reading': {
      manifest: { components: [{ ...component, attributes: { readPermission: 'com.example.READ' } }] },
    },
  },
});
