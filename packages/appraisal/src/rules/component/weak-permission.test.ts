import { testRule } from '../../testing/test-rule.ts';
import { weakPermission } from './weak-permission.ts';

const components = [
  { kind: 'service', name: 'com.example.app.Guarded', exported: true, permission: 'com.example.app.USE' },
] as const;

testRule(weakPermission, {
  bad: {
    'level normal': {
      manifest: { components, declaredPermissions: { 'com.example.app.USE': 'normal' } },
      shows: 'com.example.app.USE',
    },
    'level written as a number': { manifest: { components, declaredPermissions: { 'com.example.app.USE': '0x1' } } },
    'no level written': { manifest: { components, declaredPermissions: { 'com.example.app.USE': '' } } },
  },
  good: {
    'level signature': { manifest: { components, declaredPermissions: { 'com.example.app.USE': 'signature' } } },
    'level signature as a number': { manifest: { components, declaredPermissions: { 'com.example.app.USE': '0x2' } } },
    'signature with flags': {
      manifest: { components, declaredPermissions: { 'com.example.app.USE': 'signature|privileged' } },
    },
    'a weak permission that guards nothing exported': {
      manifest: {
        components: [{ ...components[0], exported: false }],
        declaredPermissions: { 'com.example.app.USE': 'normal' },
      },
    },
  },
});
