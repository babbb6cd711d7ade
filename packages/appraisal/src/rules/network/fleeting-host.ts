import { atString } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: RFC 7686; version 3 names have 56 characters of base32 (Tor rend-spec-v3). Domains are the published ones of each service. */
const FLEETING =
  /\b[a-z2-7]{56}\.onion\b|[\w-]\.(?:duckdns\.org|no-ip\.(?:org|biz|com)|ddns\.net|hopto\.org|zapto\.org|sytes\.net|serveo\.net|ngrok(?:-free)?\.(?:io|app)|portmap\.(?:io|host))\b/i;

export const fleetingHost: Rule = {
  id: 'android.network.fleeting-host',
  version: 1,
  title: 'The app calls a host that anyone can set up without a name',
  why: 'Hidden services, free dynamic names and tunnels into somebody’s home are quick to get and hard to trace. Products use names of their own.',
  remedy: 'Find out whose server it is.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 9, step: 1, max: 12, inLibrary: 4 },
  dataRisk: { base: 4, inLibrary: 2 },
  classes: ['backdoor'],
  mappings: { masvs: ['MASVS-NETWORK-1'], attack: ['T1437.001', 'T1637'] },
  run(_image, ctx) {
    const sites = ctx.stringLoads((value) => value.length <= 500 && FLEETING.test(value));
    return hit(sites.map((site) => atString(site, 'the name of such a host')));
  },
};
