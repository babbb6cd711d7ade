import { testRule } from '../../testing/test-rule.ts';
import { componentSwitching } from './component-switching.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(componentSwitching, {
  bad: {
    'a call': {
      code: codeOf(
        'call android.content.pm.PackageManager.setComponentEnabledSetting(Landroid/content/ComponentName;II)V',
      ),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf(
        'call android.content.pm.PackageManager.getComponentEnabledSetting(Landroid/content/ComponentName;)I',
      ),
    },
    'the name in a string': {
      code: codeOf(
        'string android.content.pm.PackageManager.setComponentEnabledSetting(Landroid/content/ComponentName;II)V',
      ),
    },
  },
});
