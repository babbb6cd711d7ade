import { inFile } from '../../evidence.ts';
import { descendants, readNetworkSecurityConfigs } from '../../network-security-config.ts';
import { hit, type Rule } from '../../rule.ts';

/**
 * Source: `<trust-anchors>` with `<certificates src="user">`, Android network security configuration. Inside of `<debug-overrides>` it
 * counts for debuggable builds only, which another rule reports, so it is left alone there.
 */
export const trustsUserCertificates: Rule = {
  id: 'android.network.trusts-user-certificates',
  version: 1,
  title: 'The app trusts certificates that the owner installed',
  why: 'Since Android 7 apps ignore such certificates, because people are talked into installing one. This app listens to them again, so whoever holds the key can read along.',
  remedy: 'Trust the system’s certificates only; keep src="user" inside of <debug-overrides>.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['archive', 'manifest'],
  dataRisk: { base: 10 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-NETWORK-2'], cwe: ['CWE-295'], attack: ['T1638'] },
  run(image, ctx) {
    if ((image.manifest?.networkSecurityConfig ?? null) === null) return null;
    return hit(
      readNetworkSecurityConfigs(ctx.heads()).flatMap(({ path, root }) =>
        root.children
          .filter((child) => child.name !== 'debug-overrides')
          .flatMap((child) => descendants(child, 'certificates'))
          .filter((element) => element.attributes.some(({ name, value }) => name === 'src' && value === 'user'))
          .map((element) => inFile(path, `<certificates src="user">, line ${element.line}`)),
      ),
    );
  },
};
