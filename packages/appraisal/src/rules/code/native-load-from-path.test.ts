import { testRule } from '../../testing/test-rule.ts';
import { nativeLoadFromPath } from './native-load-from-path.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(nativeLoadFromPath, {
  bad: {
    'a call': { code: codeOf('call java.lang.System.load(Ljava/lang/String;)V'), shows: 'com.example.app.A' },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call java.lang.System.loadLibrary(Ljava/lang/String;)V'),
    },
    'the name in a string': { code: codeOf('string java.lang.System.load(Ljava/lang/String;)V') },
  },
});
