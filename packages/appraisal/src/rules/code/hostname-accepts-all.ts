import { atCall, atSite } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 9110, section 4.3.4, and javax.net.ssl.HostnameVerifier: the name must be compared with the certificate's. */
export const hostnameAcceptsAll: Rule = {
  id: 'android.code.hostname-accepts-all',
  version: 1,
  title: 'A host name check gives the same answer for every host',
  why: 'If the answer is yes, a valid certificate for any other host is accepted, so anyone with one can stand between phone and server.',
  remedy: 'Delete the verifier; the platform compares the names.',
  severity: 'high',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 15, inLibrary: 6 },
  classes: ['vulnerability', 'data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-297'], attack: ['T1638'] },
  run(image, ctx) {
    const constant = image.code.overrides('javax.net.ssl.HostnameVerifier', 'verify').flatMap(({ site, opcodes }) => {
      const body = opcodes.filter((opcode) => opcode !== 'nop').join(' ');
      return /^const\S* return$/.test(body) ? [atSite(site, 'returns a constant and never looks at the host')] : [];
    });
    const ready = ctx
      .calls({ class: 'org.apache.http.conn.ssl.AllowAllHostnameVerifier', name: '<init>' })
      .map((call) => atCall(call, 'a verifier that accepts every host'));
    return hit([...constant, ...ready]);
  },
};
