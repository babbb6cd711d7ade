import { certificates, ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: NIST SP 800-131A revision 2, table 2: RSA and DSA keys below 2,048 bits are disallowed for signing; EC below 224. */
export const weakKey: Rule = {
  id: 'android.signing.weak-key',
  version: 1,
  title: 'The signing key is too short',
  why: 'A short key can be broken by calculation; whoever does so can publish an update that every phone accepts.',
  remedy: 'Rotate to a key of at least RSA 2,048 or EC 256 bits with APK signature scheme v3.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['signature'],
  dataRisk: { base: 8 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-326'] },
  run(image) {
    const weak = certificates(image).flatMap((signer) => {
      const { keyAlgorithm, keyBits } = signer;
      const least = /^(?:RSA|DSA)/i.test(keyAlgorithm)
        ? 2_048
        : /^(?:EC|ECDSA|id-ecPublicKey)/i.test(keyAlgorithm)
          ? 224
          : null;
      if (least === null || keyBits === null || keyBits >= least) return [];
      return [{ evidence: ofSigner(signer, `${keyAlgorithm} with ${keyBits} bits`), broken: keyBits < least / 2 }];
    });
    return hit(
      weak.map(({ evidence }) => evidence),
      weak.some(({ broken }) => broken) ? { severity: 'high' } : { share: 0.75 },
    );
  },
};
