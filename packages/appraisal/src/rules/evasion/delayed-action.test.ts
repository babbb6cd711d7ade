import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { delayedAction } from './delayed-action.ts';

testEvasionRule(delayedAction, {
  probes: ['call java.lang.Thread.sleep(J)V', 'call dalvik.system.DexClassLoader.<init>(Ljava/lang/String;)V'],
  shows: 'waits',
  tooFew: 1,
});
