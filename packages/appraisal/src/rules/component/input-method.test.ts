import { testRule } from '../../testing/test-rule.ts';
import { inputMethod } from './input-method.ts';

const component = { kind: 'service', name: 'com.example.app.Powerful', exported: true } as const;

testRule(inputMethod, {
  bad: {
    'a service guarded by BIND_INPUT_METHOD': {
      manifest: { components: [{ ...component, permission: 'android.permission.BIND_INPUT_METHOD' }] },
      shows: 'com.example.app.Powerful',
    },
  },
  good: {
    'the same service without the guard': { manifest: { components: [component] } },
    'a service guarded by a permission of the app': {
      manifest: { components: [{ ...component, permission: 'com.example.app.BIND_INPUT_METHOD' }] },
    },
  },
});
