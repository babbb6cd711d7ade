import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { stackTraceKey } from './stack-trace-key.ts';

testEvasionRule(stackTraceKey, {
  probes: [
    'call java.lang.Thread.getStackTrace()[Ljava/lang/StackTraceElement;',
    'call java.lang.StackTraceElement.getMethodName()Ljava/lang/String;',
    'call java.lang.String.charAt(I)C',
    'call java.lang.String.<init>([C)V',
  ],
  shows: 'takes a name from it',
  tooFew: 3,
});
