import { testRule } from '../../testing/test-rule.ts';
import { stackTraceKey } from './stack-trace-key.ts';

const ALL = [
  'call java.lang.Thread.getStackTrace()[Ljava/lang/StackTraceElement;',
  'call java.lang.StackTraceElement.getMethodName()Ljava/lang/String;',
  'call java.lang.String.charAt(I)C',
  'call java.lang.String.<init>([C)V',
];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(stackTraceKey, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'takes a name from it' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 3))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
