import { testRule } from '../../testing/test-rule.ts';
import { hiddenCalls } from './hidden-calls.ts';

const ALL = [
  'call java.lang.Class.forName(Ljava/lang/String;)Ljava/lang/Class;',
  'call java.lang.reflect.Method.invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;',
  'call javax.crypto.Cipher.doFinal([B)[B',
];
const inClass = (name: string, ...instructions: readonly string[]) => ({ name, methods: { 'run()V': instructions } });

testRule(hiddenCalls, {
  bad: {
    'all in one class': { code: [inClass('com.example.app.A', ...ALL)], shows: 'decrypts or unpacks something' },
    'some of it in an inner class': {
      code: [inClass('com.example.app.A', ...ALL.slice(0, 1)), inClass('com.example.app.A$1', ...ALL.slice(1))],
    },
  },
  good: {
    'one kind too few': { code: [inClass('com.example.app.A', ...ALL.slice(0, 2))] },
    'in classes that have nothing to do with each other': {
      code: ALL.map((instruction, index) => inClass(`com.example.app.C${index}`, instruction)),
    },
    'in a known library': { code: [inClass('androidx.work.A', ...ALL)] },
  },
});
