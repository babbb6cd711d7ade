import { testRule } from '../../testing/test-rule.ts';
import { accessibilityActions } from './accessibility-actions.ts';

const ACT = 'call android.view.accessibility.AccessibilityNodeInfo.performAction(I)Z';
const manifest = {
  components: [
    {
      kind: 'service',
      name: 'com.example.app.Help',
      exported: true,
      permission: 'android.permission.BIND_ACCESSIBILITY_SERVICE',
    },
  ],
} as const;

testRule(accessibilityActions, {
  bad: {
    'a service that taps': {
      manifest,
      code: [{ name: 'com.example.app.Help', methods: { 'onAccessibilityEvent()V': [ACT] } }],
      shows: 'performAction',
    },
    'a service that presses back': {
      manifest,
      code: [
        { name: 'com.example.app.Help', methods: { 'a()V': ['call com.example.app.Help.performGlobalAction(I)Z'] } },
      ],
    },
  },
  good: {
    'no accessibility service': { code: [{ name: 'com.example.app.A', methods: { 'a()V': [ACT] } }] },
    'only a library does it': { manifest, code: [{ name: 'androidx.core.view.A', methods: { 'a()V': [ACT] } }] },
  },
});
