import { inFile } from '../../evidence.ts';
import { startsWithText } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 7468 (PEM labels); Java key stores begin with FE ED FE ED. PKCS#12 files are left out: most hold certificates only. */
export const keyFile: Rule = {
  id: 'android.content.key-file',
  version: 1,
  title: 'A private key lies in the package',
  why: 'Everybody who has the app has the key, and can pass for its owner or read what is encrypted to it.',
  remedy: 'Revoke the key. Make keys on the device, in the Android keystore.',
  severity: 'high',
  kind: 'weakness',
  needs: ['archive'],
  dataRisk: { base: 15, step: 2, max: 20 },
  classes: ['data-leak', 'vulnerability'],
  mappings: { masvs: ['MASVS-CRYPTO-2'], cwe: ['CWE-321'] },
  run(_image, ctx) {
    return hit(
      ctx.heads().flatMap(({ entry, head }) => {
        const text = new TextDecoder().decode(head);
        if (/-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----/.test(text)) {
          return [inFile(entry.path, 'a private key in PEM form')];
        }
        if (startsWithText(head, '\u00fe\u00ed\u00fe\u00ed') && /\.(?:jks|keystore)$/i.test(entry.path)) {
          return [inFile(entry.path, 'a Java key store')];
        }
        return [];
      }),
    );
  },
};
