import { testRule } from '../../testing/test-rule.ts';
import { undeclaredPermission } from './undeclared-permission.ts';

const components = [
  { kind: 'service', name: 'com.example.app.Guarded', exported: true, permission: 'com.example.app.USE' },
] as const;

testRule(undeclaredPermission, {
  bad: { 'defined nowhere': { manifest: { components }, shows: 'com.example.app.USE' } },
  good: {
    defined: { manifest: { components, declaredPermissions: { 'com.example.app.USE': 'signature' } } },
    'a permission of the platform': {
      manifest: { components: [{ ...components[0], permission: 'android.permission.BIND_JOB_SERVICE' }] },
    },
    'a permission of another maker': { manifest: { components: [{ ...components[0], permission: 'org.other.USE' }] } },
  },
});
