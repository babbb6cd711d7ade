import { ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: APK signature scheme documentation of the Android Open Source Project; the check is the reader's. */
export const signatureBroken: Rule = {
  id: 'android.signing.signature-broken',
  version: 3,
  title: 'The signature does not match the file',
  why: 'The file was changed after its maker signed it. A phone refuses it, unless a weakness of the scheme or a patched system lets it pass.',
  remedy: 'Do not install it. Get the app from its maker again.',
  severity: 'critical',
  // Somebody changed the file, which is grave; it does not say to what end, so it cannot carry `malicious`.
  kind: 'weakness',
  needs: ['signature'],
  malice: { base: 25 },
  dataRisk: { base: 20 },
  classes: ['tampered'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'], attack: ['T1577'] },
  run(image) {
    const broken = image.signers.filter(({ verified }) => verified === 'failed');
    return hit(
      broken.map((signer) => ofSigner(signer, `the ${signer.scheme} signature does not verify over this file`)),
    );
  },
};
