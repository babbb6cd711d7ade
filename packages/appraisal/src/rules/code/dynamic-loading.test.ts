import { testRule } from '../../testing/test-rule.ts';
import { dynamicLoading } from './dynamic-loading.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(dynamicLoading, {
  bad: {
    'a call': {
      code: codeOf(
        'call dalvik.system.DexClassLoader.<init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V',
      ),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': {
      code: codeOf('call java.lang.ClassLoader.loadClass(Ljava/lang/String;)Ljava/lang/Class;'),
    },
    'the name in a string': {
      code: codeOf(
        'string dalvik.system.DexClassLoader.<init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V',
      ),
    },
  },
});
