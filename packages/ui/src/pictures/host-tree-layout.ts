/** One address that an app names, with the domain that somebody registered. */
export interface HostNode {
  readonly host: string;
  readonly site: string | null;
  readonly cleartext: boolean;
}

export interface HostTreeLayout {
  /** Registered domains with their hosts, those with cleartext first, then by number of hosts and name. */
  readonly sites: readonly { readonly name: string; readonly y: number; readonly hosts: readonly PlacedHost[] }[];
  readonly height: number;
  /** Hosts that did not fit. */
  readonly left: number;
}

export interface PlacedHost {
  readonly host: string;
  readonly cleartext: boolean;
  readonly y: number;
}

/** Height of a host's row, and the gap between two domains, in pixels. */
export const ROW = 22;
export const GAP = 8;

/** A tree from the app over registered domains to hosts: one row for each host, each domain in the middle of its hosts. */
export function hostTree(hosts: readonly HostNode[], most: number): HostTreeLayout {
  const bySite = new Map<string, HostNode[]>();
  for (const host of hosts) {
    const site = host.site ?? host.host;
    bySite.set(site, [...(bySite.get(site) ?? []), host]);
  }
  const hasCleartext = (list: readonly HostNode[]): number => Number(list.some(({ cleartext }) => cleartext));
  const ordered = [...bySite].sort(
    ([a, one], [b, other]) =>
      hasCleartext(other) - hasCleartext(one) || other.length - one.length || (a < b ? -1 : a > b ? 1 : 0),
  );
  const sites: HostTreeLayout['sites'][number][] = [];
  let y = 0;
  let placed = 0;
  for (const [name, list] of ordered) {
    const shown = list.slice(0, most - placed);
    if (shown.length === 0) break;
    const rows = shown
      .toSorted((a, b) => Number(b.cleartext) - Number(a.cleartext) || (a.host < b.host ? -1 : 1))
      .map(({ host, cleartext }, index) => ({ host, cleartext, y: y + index * ROW + ROW / 2 }));
    sites.push({ name, y: y + (rows.length * ROW) / 2, hosts: rows });
    y += rows.length * ROW + GAP;
    placed += rows.length;
  }
  return { sites, height: Math.max(0, y - GAP), left: hosts.length - placed };
}
