import { testRule } from '../../testing/test-rule.ts';
import { exportedActivity } from './exported-activity.ts';

const component = { kind: 'activity', name: 'com.example.app.Open', exported: true } as const;

testRule(exportedActivity, {
  bad: {
    'exported without a permission': { manifest: { components: [component] }, shows: 'com.example.app.Open' },
    'exported by an intent filter': {
      manifest: { components: [{ kind: 'activity', name: 'com.example.app.Open', actions: ['com.example.ACTION'] }] },
      shows: 'intent filter',
    },
  },
  good: {
    'not exported': { manifest: { components: [{ ...component, exported: false }] } },
    'guarded by a permission': { manifest: { components: [{ ...component, permission: 'com.example.app.P' }] } },
    'guarded by a permission of the application': {
      manifest: { components: [component], application: { permission: 'com.example.app.P' } },
    },
    'the screen behind the icon': {
      manifest: {
        components: [
          { ...component, actions: ['android.intent.action.MAIN'], categories: ['android.intent.category.LAUNCHER'] },
        ],
      },
    },
  },
});
