import type { Evidence } from '@vedette/contracts';
import { atString, inFile } from '../../evidence.ts';
import { isPublicHost } from '../../public-host.ts';
import { hit, type Rule } from '../../rule.ts';

/** One piece of evidence per registrable domain, with the place that loads the address where there is one. */
export const cleartextUrl: Rule = {
  id: 'android.network.cleartext-url',
  version: 1,
  title: 'The code holds addresses without encryption',
  why: 'If the app opens them, whoever shares the Wi-Fi can read and change what is sent. Some may be links that are only shown.',
  remedy: 'Use https everywhere and forbid cleartext in the network security configuration.',
  severity: 'low',
  kind: 'weakness',
  needs: ['code'],
  dataRisk: { base: 3, step: 0.5, max: 6, inLibrary: 1 },
  classes: ['data-leak'],
  mappings: { masvs: ['MASVS-NETWORK-1'], cwe: ['CWE-319'], attack: ['T1639.001'] },
  run(_image, ctx) {
    const byDomain = new Map<string, { url: string; file: string }>();
    for (const use of ctx.urls()) {
      if ((use.scheme !== 'http' && use.scheme !== 'ws') || !isPublicHost(use)) continue;
      const domain = use.domain ?? use.host;
      if (!byDomain.has(domain)) byDomain.set(domain, use);
    }
    if (byDomain.size === 0) return null;
    const wanted = new Set([...byDomain.values()].map(({ url }) => url));
    const sites = new Map(ctx.stringLoads((value) => wanted.has(value)).map((site) => [site.value, site]));
    return hit(
      [...byDomain].map(([domain, { url, file }]): Evidence => {
        const site = sites.get(url);
        return site === undefined
          ? inFile(file, `${url} in the string table (${domain})`)
          : atString(site, `cleartext to ${domain}`);
      }),
    );
  },
};
