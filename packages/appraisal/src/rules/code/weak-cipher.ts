import { callsWithString } from '../../call-with-string.ts';
import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: NIST SP 800-131A revision 2 (DES, RC4, RC2 disallowed), SP 800-38A (ECB shows repetition); a bare `AES` means ECB. */
export const weakCipher: Rule = {
  id: 'android.code.weak-cipher',
  version: 2,
  title: 'The app encrypts with a broken cipher or mode',
  why: 'DES, RC2 and RC4 are broken. ECB encrypts equal blocks to equal blocks, so patterns stay visible.',
  remedy: 'Use AES/GCM/NoPadding with a key from the Android keystore.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 6, step: 0.5, max: 9, inLibrary: 1.5 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-CRYPTO-1'], cwe: ['CWE-327'], attack: ['T1521.001'] },
  run(_image, ctx) {
    const weak = callsWithString(ctx, [{ class: 'javax.crypto.Cipher', name: 'getInstance' }], (value) =>
      /^(?:DES(?:ede)?|RC2|RC4|ARC4|ARCFOUR|Blowfish)(?:$|\/)|^AES(?:$|\/ECB\/)/i.test(value),
    );
    return hit(weak.map(({ string }) => atString(string, 'asked for right after')));
  },
};
