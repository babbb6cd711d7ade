import { testEvasionRule } from '../../testing/test-evasion-rule.ts';
import { ownSignatureCheck } from './own-signature-check.ts';

testEvasionRule(ownSignatureCheck, {
  probes: [
    'call android.content.pm.Signature.toByteArray()[B',
    'call android.content.Context.getPackageName()Ljava/lang/String;',
    'call java.security.MessageDigest.digest([B)[B',
  ],
  shows: 'reads a signature',
  tooFew: 2,
});
