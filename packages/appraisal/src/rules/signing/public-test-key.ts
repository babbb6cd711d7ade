import { certificates, ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: the keys in `build/target/product/security` of the Android Open Source Project, whose private halves are public. All carry the
 * subject `EMAILADDRESS=android@android.com, CN=Android, OU=Android, O=Android, L=Mountain View, ST=California, C=US`.
 * Recognised by the subject, since each project may make its own with the same script.
 */
export const publicTestKey: Rule = {
  id: 'android.signing.public-test-key',
  version: 1,
  title: 'The app is signed with a key that looks like a public test key',
  why: 'The private keys of the Android project’s test certificates can be downloaded by anyone. Whoever signs with them can replace this app, and on firmware built with them gets system powers.',
  remedy: 'Sign with a key of your own. Remove the app unless its maker is known by other means.',
  severity: 'high',
  kind: 'weakness',
  needs: ['signature'],
  malice: { base: 12 },
  dataRisk: { base: 15 },
  classes: ['riskware', 'test-build'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-321', 'CWE-347'], attack: ['T1632.001'] },
  run(image) {
    const test = certificates(image).filter(
      ({ subject }) =>
        /\bandroid@android\.com\b/i.test(subject) && /\bCN=Android\b/i.test(subject) && /\bO=Android\b/i.test(subject),
    );
    return hit(test.map((signer) => ofSigner(signer, 'the subject of the Android project’s test keys')));
  },
};
