import { inFile } from '../../evidence.ts';
import { descendants, readNetworkSecurityConfigs } from '../../network-security-config.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: `cleartextTrafficPermitted` of `<base-config>` and `<domain-config>`, Android network security configuration. */
export const cleartextByConfig: Rule = {
  id: 'android.network.cleartext-by-config',
  version: 1,
  title: 'The network security configuration allows unencrypted connections',
  why: 'Whoever shares the Wi-Fi, or runs it, can read and change what the app sends and receives over plain HTTP.',
  remedy:
    'Take cleartextTrafficPermitted="true" out of the base configuration; name single hosts where it cannot be avoided.',
  severity: 'medium',
  kind: 'weakness',
  needs: ['archive', 'manifest'],
  dataRisk: { base: 12 },
  classes: ['vulnerability', 'data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'] },
  run(image, ctx) {
    if ((image.manifest?.networkSecurityConfig ?? null) === null) return null;
    const configs = readNetworkSecurityConfigs(ctx.heads());
    const allowing = (name: 'base-config' | 'domain-config') =>
      configs.flatMap(({ path, root }) =>
        descendants(root, name)
          .filter((element) => element.attributes.some(isPermitted))
          .map((element) => inFile(path, `<${name}> allows cleartext, line ${element.line}`)),
      );
    const everywhere = allowing('base-config');
    if (everywhere.length > 0) return hit(everywhere);
    return hit(allowing('domain-config'), { severity: 'low', share: 0.25 });
  },
};

function isPermitted({ name, value }: { readonly name: string; readonly value: string }): boolean {
  return name === 'cleartextTrafficPermitted' && /^(?:true|-1|0xffffffff)$/i.test(value);
}
