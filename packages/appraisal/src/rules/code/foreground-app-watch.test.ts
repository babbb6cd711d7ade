import { testRule } from '../../testing/test-rule.ts';
import { foregroundAppWatch } from './foreground-app-watch.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(foregroundAppWatch, {
  bad: {
    'a call': {
      code: codeOf('call android.app.ActivityManager.getRunningTasks(I)Ljava/util/List;'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call android.app.ActivityManager.getMemoryInfo(Landroid/app/ActivityManager$MemoryInfo;)V'),
    },
    'the name in a string': { code: codeOf('string android.app.ActivityManager.getRunningTasks(I)Ljava/util/List;') },
  },
});
