import type { Evidence } from '@vedette/contracts';
import { shorten } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * The signature file of the v1 scheme announces a newer one (`X-Android-APK-Signed`), and the file has none.
 * Source: APK signature scheme v2, "Protection against stripping": a verifier that knows v2 MUST reject such a file.
 */
export const signatureStripped: Rule = {
  id: 'android.signing.signature-stripped',
  version: 3,
  title: 'The stronger signature of the app was removed',
  why: 'The signer used a newer scheme, which covers the whole file, and somebody took it off, so that only the old one is left and changes are possible. Android 7 and later refuse such a file, older ones do not.',
  remedy: 'Do not install it. Get the app from its maker again.',
  severity: 'high',
  // Somebody changed the file, which is grave; it does not say to what end, so it cannot carry `malicious`.
  kind: 'weakness',
  needs: [],
  malice: { base: 20 },
  dataRisk: { base: 10 },
  classes: ['tampered'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1577'], cwe: ['CWE-347'] },
  run(image) {
    const stripped = image.diagnostics.filter(({ id }) => id === 'apk-signature.stripped');
    return hit(
      stripped.map(
        ({ where, message }): Evidence => ({
          kind: 'file',
          path: shorten(where ?? image.file.name),
          note: shorten(message),
        }),
      ),
    );
  },
};
