import { testRule } from '../../testing/test-rule.ts';
import { jarSignatureOnly } from './jar-signature-only.ts';

testRule(jarSignatureOnly, {
  bad: { 'v1 alone': { signers: [{ scheme: 'v1' }], shows: 'scheme v1' } },
  good: {
    'v1 beside v2': { signers: [{ scheme: 'v1' }, { scheme: 'v2' }] },
    'no signer': { signers: [] },
  },
});
