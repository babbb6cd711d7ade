import { certificates, ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 6194 (SHA-1), RFC 6151 (MD5): collisions are practical, so neither may carry a signature. */
export const weakDigest: Rule = {
  id: 'android.signing.weak-digest',
  version: 1,
  title: 'The signer’s certificate is signed with a broken digest',
  why: 'MD5 and SHA-1 collide. Android compares certificates byte by byte, so this alone does not let anybody in; it shows an old key that nobody has looked after.',
  remedy: 'Use SHA-256 for new certificates.',
  severity: 'low',
  kind: 'weakness',
  needs: ['signature'],
  dataRisk: { base: 2 },
  classes: [],
  mappings: { masvs: ['MASVS-CRYPTO-1'], cwe: ['CWE-328'] },
  run(image) {
    const weak = certificates(image).filter(({ signatureAlgorithm }) =>
      /(?:md[245]|sha-?1)(?!\d)/i.test(signatureAlgorithm),
    );
    return hit(weak.map((signer) => ofSigner(signer, `signed with ${signer.signatureAlgorithm}`)));
  },
};
