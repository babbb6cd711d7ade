import { testRule } from '../../testing/test-rule.ts';
import { signatureBroken } from './signature-broken.ts';

testRule(signatureBroken, {
  bad: { 'v2 does not verify': { signers: [{ scheme: 'v2', verified: 'failed' }], shows: 'does not verify' } },
  good: { 'not checked is not broken': { signers: [{ verified: 'not-checked' }] } },
});
