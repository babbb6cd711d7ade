import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { erasedCode } from './erased-code.ts';

testEvasionRule(erasedCode, {
  probes: [
    'call dalvik.system.DexClassLoader.<init>(Ljava/lang/String;)V',
    'call java.io.File.delete()Z',
    'call java.io.FileOutputStream.<init>(Ljava/io/File;)V',
  ],
  shows: 'deletes a file',
  tooFew: 2,
});
