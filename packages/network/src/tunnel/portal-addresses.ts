import type { ProbeReport } from '@vedette/contracts';

/** Most addresses that a portal gets. */
const MOST = 16;

/**
 * Addresses that a person needs to sign in at a portal: where the network sent our question to, and its router. Everything else stays shut: a portal that needs more is shown as one that
 * could not be passed.
 */
export async function portalAddresses(
  report: ProbeReport,
  resolve: (name: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (report.state !== 'captive') return [];
  const asked = report.rounds.flatMap(({ http }) => http);
  const places = asked.flatMap(({ location, purpose }) =>
    purpose === 'generate-204' && location !== null && URL.canParse(location) ? [new URL(location).hostname] : [],
  );
  const found: string[] = [];
  for (const place of new Set(places)) {
    const name = place.replace(/^\[|\]$/g, '');
    found.push(...(/^[\d.]+$|:/.test(name) ? [name] : await resolve(name)));
  }
  const routers = report.rounds.flatMap(({ link }) => (link?.gateway == null ? [] : [link.gateway.address]));
  return [...new Set([...found, ...routers])].slice(0, MOST);
}
