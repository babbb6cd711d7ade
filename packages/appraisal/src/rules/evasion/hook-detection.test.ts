import { testRule } from '../../testing/test-rule.ts';
import { hookDetection } from './hook-detection.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(hookDetection, {
  bad: {
    'two signs of the list': {
      code: codeOf('string frida-server', 'string de.robv.android.xposed.XposedBridge'),
      shows: 'frida-server',
    },
  },
  good: { 'one alone': { code: codeOf('string frida-server') } },
});
