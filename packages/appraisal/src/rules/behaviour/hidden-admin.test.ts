import { LAUNCHER } from '../../testing/fake-manifest.ts';
import { testRule } from '../../testing/test-rule.ts';
import { hiddenAdmin } from './hidden-admin.ts';

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
const SWITCH = 'call android.content.pm.PackageManager.setComponentEnabledSetting(Landroid/content/ComponentName;II)V';

testRule(hiddenAdmin, {
  bad: {
    'no icon': { manifest: { components: [admin, boot] }, shows: 'com.example.app.Admin' },
    'an icon that can be taken away': {
      manifest: { components: [LAUNCHER, admin, boot] },
      code: [{ name: 'com.example.app.A', methods: { 'hide()V': [SWITCH] } }],
    },
  },
  good: {
    'an icon that stays': { manifest: { components: [LAUNCHER, admin, boot] } },
    'only a library switches components': {
      manifest: { components: [LAUNCHER, admin, boot] },
      code: [{ name: 'androidx.work.A', methods: { 'a()V': [SWITCH] } }],
    },
    'does not start with the phone': { manifest: { components: [admin] } },
  },
});
