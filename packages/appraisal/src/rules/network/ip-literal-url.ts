import { atString, inFile } from '../../evidence.ts';
import { isPublicHost } from '../../public-host.ts';
import { hit, type Rule } from '../../rule.ts';

/** An address of a number, not of a name, that leads out to the network at large. */
export const ipLiteralUrl: Rule = {
  id: 'android.network.ip-literal-url',
  version: 1,
  title: 'The code calls servers by number instead of by name',
  why: 'A number has no owner that can be looked up, and no certificate in its name. Services that are meant to last have a name.',
  remedy: 'Find out whose server it is.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 5, step: 1, max: 8 },
  dataRisk: { base: 4 },
  classes: [],
  mappings: { masvs: ['MASVS-NETWORK-1'], attack: ['T1437.001'] },
  run(_image, ctx) {
    const uses = ctx.urls().filter((use) => use.isIp && isPublicHost(use));
    if (uses.length === 0) return null;
    const wanted = new Set(uses.map(({ url }) => url));
    const sites = new Map(ctx.stringLoads((value) => wanted.has(value)).map((site) => [site.value, site]));
    return hit(
      uses.map(({ url, file }) => {
        const site = sites.get(url);
        return site === undefined
          ? inFile(file, `${url} in the string table`)
          : atString(site, 'a server without a name');
      }),
    );
  },
};
