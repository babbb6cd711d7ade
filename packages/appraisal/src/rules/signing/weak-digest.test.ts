import { testRule } from '../../testing/test-rule.ts';
import { weakDigest } from './weak-digest.ts';

testRule(weakDigest, {
  bad: {
    'SHA-1': { signers: [{ signatureAlgorithm: 'SHA1withRSA' }], shows: 'SHA1withRSA' },
    'SHA-1, named as in X.509': { signers: [{ signatureAlgorithm: 'sha1WithRSAEncryption' }] },
    MD5: { signers: [{ signatureAlgorithm: 'MD5withRSA' }] },
  },
  good: {
    'SHA-256': { signers: [{ signatureAlgorithm: 'SHA256withECDSA' }] },
    'SHA-512': { signers: [{ signatureAlgorithm: 'sha512WithRSAEncryption' }] },
  },
});
