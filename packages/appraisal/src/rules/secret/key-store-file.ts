import { inFile } from '../../evidence.ts';
import { startsWithText } from '../../magic.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: Java key stores begin with FE ED FE ED, JCEKS with CE CE CE CE. PKCS#12 and BKS files are left out: in apps most hold certificates only. */
export const keyStoreFile: Rule = {
  id: 'android.secret.key-store-file',
  version: 1,
  title: 'A Java key store lies in the app',
  why: 'Everybody who has the app has the file, and the password is then in the code that opens it. With a private key in it one can pass for its owner.',
  remedy:
    'Make keys on the device, in the Android keystore. Certificates to trust belong in the network security configuration.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['archive'],
  dataRisk: { base: 8, step: 1, max: 12 },
  classes: ['data-leak', 'vulnerability'],
  mappings: { masvs: ['MASVS-CRYPTO-2'], cwe: ['CWE-321'] },
  run(_image, ctx) {
    const stores = ctx
      .heads()
      .filter(
        ({ head }) =>
          startsWithText(head, '\u00fe\u00ed\u00fe\u00ed') || startsWithText(head, '\u00ce\u00ce\u00ce\u00ce'),
      )
      .filter(({ entry }) => /\.(?:jks|jceks|keystore|ks)$/i.test(entry.path));
    return hit(stores.map(({ entry }) => inFile(entry.path, 'a Java key store')));
  },
};
