import { testRule } from '../../testing/test-rule.ts';
import { deviceLock } from './device-lock.ts';

const admin = {
  kind: 'receiver',
  name: 'com.example.app.Admin',
  exported: true,
  permission: 'android.permission.BIND_DEVICE_ADMIN',
} as const;
const boot = {
  kind: 'receiver',
  name: 'com.example.app.Boot',
  actions: ['android.intent.action.BOOT_COMPLETED'],
} as const;
const permissions = ['android.permission.SYSTEM_ALERT_WINDOW'];
const code = [
  { name: 'com.example.app.Lock', methods: { 'run()V': ['call android.app.admin.DevicePolicyManager.lockNow()V'] } },
];

testRule(deviceLock, {
  bad: { 'all parts': { manifest: { permissions, components: [admin, boot] }, code, shows: 'lockNow' } },
  good: {
    'a management agent that covers nothing': { manifest: { components: [admin, boot] }, code },
    'does not lock': { manifest: { permissions, components: [admin, boot] } },
    'does not come back after a restart': { manifest: { permissions, components: [admin] }, code },
  },
});
