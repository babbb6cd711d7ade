import { LAUNCHER } from '../../testing/fake-manifest.ts';
import { testRule } from '../../testing/test-rule.ts';
import { noLauncher } from './no-launcher.ts';

const boot = {
  kind: 'receiver',
  name: 'com.example.app.Boot',
  actions: ['android.intent.action.BOOT_COMPLETED'],
} as const;

testRule(noLauncher, {
  bad: { 'starts with the phone, no icon': { manifest: { components: [boot] }, shows: 'com.example.app.Boot' } },
  good: {
    'an icon as well': { manifest: { components: [LAUNCHER, boot] } },
    'an icon on the television': {
      manifest: {
        components: [{ ...LAUNCHER, categories: ['android.intent.category.LEANBACK_LAUNCHER'] }, boot],
      },
    },
    'no icon, and nothing that starts by itself': { manifest: { components: [] } },
  },
});
