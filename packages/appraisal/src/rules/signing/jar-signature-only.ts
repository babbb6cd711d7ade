import { ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: CVE-2017-13156 (Janus): JAR signing (v1) does not cover the bytes around the entries, so a DEX can be put in front of a signed
 * archive; fixed in the December 2017 patch level, and not applicable to apps with scheme v2 on Android 7 and later.
 */
export const jarSignatureOnly: Rule = {
  id: 'android.signing.jar-signature-only',
  version: 1,
  title: 'Only the old JAR signature protects the app',
  why: 'The v1 scheme does not cover the whole file. On phones without the patches of December 2017 code can be added and the signature stays valid (Janus).',
  remedy: 'Sign with APK signature scheme v2 or later as well.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['signature', 'manifest'],
  dataRisk: { base: 8 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'] },
  run(image) {
    const old = image.signers.filter(({ scheme }) => scheme === 'v1');
    if (old.length === 0 || old.length < image.signers.length) return null;
    return hit(old.map((signer) => ofSigner(signer, 'signed with scheme v1 and no newer one')));
  },
};
