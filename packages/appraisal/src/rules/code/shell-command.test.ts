import { testRule } from '../../testing/test-rule.ts';
import { shellCommand } from './shell-command.ts';

const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(shellCommand, {
  bad: {
    'a call': {
      code: codeOf('call java.lang.Runtime.exec([Ljava/lang/String;)Ljava/lang/Process;'),
      shows: 'com.example.app.A',
    },
  },
  good: {
    'a method of the same class that is fine': { code: codeOf('call java.lang.Runtime.availableProcessors()I') },
    'the name in a string': { code: codeOf('string java.lang.Runtime.exec([Ljava/lang/String;)Ljava/lang/Process;') },
  },
});
