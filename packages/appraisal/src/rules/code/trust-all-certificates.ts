import { atSite } from '../../evidence.ts';
import { methodKey } from '../../method-key.ts';
import { hit, type Rule } from '../../rule.ts';

/** `checkServerTrusted` reports distrust by throwing; a body that only returns accepts every certificate. Source: javax.net.ssl.X509TrustManager. */
export const trustAllCertificates: Rule = {
  id: 'android.code.trust-all-certificates',
  version: 1,
  title: 'A certificate check accepts every certificate',
  why: 'Whoever sits between phone and server can show a certificate of their own, and read and change everything.',
  remedy:
    'Delete the trust manager and use the platform’s; name extra authorities in a network security configuration.',
  severity: 'high',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 20, inLibrary: 8 },
  classes: ['vulnerability', 'data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-295'], attack: ['T1638'] },
  run(image) {
    const checks = ['javax.net.ssl.X509TrustManager', 'javax.net.ssl.X509ExtendedTrustManager'].flatMap((base) =>
      image.code.overrides(base, 'checkServerTrusted'),
    );
    const seen = new Set<string>();
    return hit(
      checks.flatMap(({ site, opcodes }) => {
        const body = opcodes.filter((opcode) => opcode !== 'nop');
        const key = methodKey(site);
        if (body.length !== 1 || body[0] !== 'return-void' || seen.has(key)) return [];
        seen.add(key);
        return [atSite(site, 'the body is empty: nothing is ever refused')];
      }),
    );
  },
};
