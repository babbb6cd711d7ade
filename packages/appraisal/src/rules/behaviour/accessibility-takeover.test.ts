import { testRule } from '../../testing/test-rule.ts';
import { accessibilityTakeover } from './accessibility-takeover.ts';

const service = {
  kind: 'service',
  name: 'com.example.app.Help',
  exported: true,
  permission: 'android.permission.BIND_ACCESSIBILITY_SERVICE',
} as const;
const permissions = [
  'android.permission.INTERNET',
  'android.permission.SYSTEM_ALERT_WINDOW',
  'android.permission.QUERY_ALL_PACKAGES',
];
const code = [
  {
    name: 'com.example.app.Help',
    methods: {
      'tap()V': [
        'call android.accessibilityservice.AccessibilityService.dispatchGesture(Landroid/accessibilityservice/GestureDescription;Landroid/accessibilityservice/AccessibilityService$GestureResultCallback;Landroid/os/Handler;)Z',
      ],
    },
  },
];

testRule(accessibilityTakeover, {
  bad: { 'all parts': { manifest: { permissions, components: [service] }, code, shows: 'covers other apps' } },
  good: {
    'does not act': { manifest: { permissions, components: [service] } },
    'covers nothing': { manifest: { permissions: ['android.permission.INTERNET'], components: [service] }, code },
    'no accessibility service': { manifest: { permissions }, code },
  },
});
