import { testRule } from '../../testing/test-rule.ts';
import { deviceAdminActions } from './device-admin-actions.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(deviceAdminActions, {
  bad: {
    'a call': { code: codeOf('call android.app.admin.DevicePolicyManager.wipeData(I)V'), shows: 'com.example.app.A' },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.app.admin.DevicePolicyManager.isAdminActive(Landroid/content/ComponentName;)Z'),
    },
    'the name in a string': { code: codeOf('string android.app.admin.DevicePolicyManager.wipeData(I)V') },
  },
});
