import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { hiddenCalls } from './hidden-calls.ts';

testEvasionRule(hiddenCalls, {
  probes: [
    'call java.lang.Class.forName(Ljava/lang/String;)Ljava/lang/Class;',
    'call java.lang.reflect.Method.invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;',
    'call javax.crypto.Cipher.doFinal([B)[B',
  ],
  shows: 'decrypts or unpacks something',
  tooFew: 2,
});
