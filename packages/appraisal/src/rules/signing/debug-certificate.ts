import { certificates, ofSigner } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: the Android build tools create this certificate on each developer's machine: subject `CN=Android Debug, O=Android, C=US`. */
export const debugCertificate: Rule = {
  id: 'android.signing.debug-certificate',
  version: 1,
  title: 'The app is signed with a debug key',
  why: 'Debug keys lie unprotected on developers’ machines, so the signature does not say who made the app. No store accepts it.',
  remedy: 'Sign with a release key. On a device, ask where the app came from.',
  severity: 'high',
  kind: 'weakness',
  needs: ['signature'],
  malice: { base: 3 },
  dataRisk: { base: 15 },
  classes: ['test-build'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], cwe: ['CWE-347'] },
  run(image) {
    const debug = certificates(image).filter(({ subject }) => /\bCN=Android Debug\b/i.test(subject));
    return hit(debug.map((signer) => ofSigner(signer, 'the certificate of the debug key')));
  },
};
