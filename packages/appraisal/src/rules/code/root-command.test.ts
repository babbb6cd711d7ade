import { testRule } from '../../testing/test-rule.ts';
import { rootCommand } from './root-command.ts';

const EXEC = 'call java.lang.Runtime.exec(Ljava/lang/String;)Ljava/lang/Process;';
const EXEC_ARRAY = 'call java.lang.Runtime.exec([Ljava/lang/String;)Ljava/lang/Process;';
const codeOf = (...instructions: readonly string[]) => [
  { name: 'com.example.app.A', methods: { 'run()V': instructions } },
];

testRule(rootCommand, {
  bad: {
    'exec("su")': { code: codeOf('string su', EXEC), shows: 'su' },
    'exec("/system/xbin/su -c id")': { code: codeOf('string /system/xbin/su -c id', EXEC) },
    'new ProcessBuilder("su")': {
      code: codeOf('string su', 'aput-object', 'call java.lang.ProcessBuilder.<init>([Ljava/lang/String;)V'),
    },
  },
  good: {
    'which su': { code: codeOf('string /system/xbin/which', 'aput-object', 'string su', 'aput-object', EXEC_ARRAY) },
    'another command': { code: codeOf('string sum', EXEC) },
    'su in another method': {
      code: [{ name: 'com.example.app.A', methods: { 'a()V': ['string su'], 'b()V': [EXEC] } }],
    },
    'su after the call': { code: codeOf(EXEC, 'string su') },
  },
});
