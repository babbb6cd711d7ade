import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { LinkObservation } from '@vedette/contracts';

/** What was seen of a network while it was clean. */
export interface LinkMemory {
  /** Address of the router, by which a network is known again. */
  readonly gateway: string;
  readonly gatewayMac: string;
  readonly ipv6Routers: readonly string[];
}

const NO_MAC = '00:00:00:00:00:00';

/**
 * The layer below on Linux, from what any process may read: the way out, the table of neighbours, routers of IPv6, a proxy in the environment.
 * @returns null where the system does not show it
 */
export async function readLink(
  memories: readonly LinkMemory[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<LinkObservation | null> {
  const [routes, neighbours, routes6] = await Promise.all(
    ['/proc/net/route', '/proc/net/arp', '/proc/net/ipv6_route'].map((path) =>
      readFile(path, 'latin1').catch(() => null),
    ),
  );
  if (routes == null || neighbours == null) return null;
  const address = defaultGateway(routes);
  const known = address === null ? null : (memories.find(({ gateway }) => gateway === address) ?? null);
  const before = address === null ? null : (readNeighbours(neighbours).get(address) ?? null);
  // Whoever passes for the router has an address of his own, which shows once everybody here was addressed.
  const changed = known !== null && before !== null && known.gatewayMac !== before;
  if (changed && address !== null) await addressAll(address);
  const table = readNeighbours(
    changed ? await readFile('/proc/net/arp', 'latin1').catch(() => neighbours) : neighbours,
  );
  const mac = address === null ? null : (table.get(address) ?? null);
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['HTTP_PROXY'] ?? env['http_proxy'] ?? null;
  return {
    gateway: address === null ? null : { address, mac },
    gatewayMacBefore: known?.gatewayMac ?? null,
    gatewayMacs: [...new Set([before, mac].filter((one) => one !== null))],
    sharedWith: [...table]
      .filter(([other, at]) => other !== address && at === mac)
      .map(([other]) => other)
      .slice(0, 50),
    ipv6Routers: routers6(routes6 ?? ''),
    // Of another network with the same address of its router nothing follows.
    ipv6RoutersBefore: known === null || known.gatewayMac !== mac ? null : [...known.ipv6Routers],
    proxy: proxy === null || proxy === '' ? null : withoutPassword(proxy).slice(0, 300),
    // Whoever runs a program with a proxy in its environment put it there.
    proxyExpected: true,
    vpn: null,
    wifi: null,
  };
}

/** `/proc/net/arp`: addresses of IPv4 that are resolved, with their hardware addresses. */
export function readNeighbours(table: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const line of table.split('\n').slice(1, 2_000)) {
    const [address, , flags, mac] = line.trim().split(/\s+/);
    if (address === undefined || mac === undefined || mac === NO_MAC || flags === '0x0') continue;
    if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) known.set(address, mac);
  }
  return known;
}

/** `/proc/net/route`: the gateway of the default route with the lowest metric; numbers are in the byte order of the machine, which is little-endian wherever this runs. */
export function defaultGateway(table: string): string | null {
  const found = table
    .split('\n')
    .slice(1, 2_000)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, gateway]) => destination === '00000000' && gateway !== '00000000' && gateway !== undefined)
    .toSorted((a, b) => Number(a[6] ?? 0) - Number(b[6] ?? 0))[0]?.[2];
  const bytes = found === undefined ? [] : (found.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return bytes.length === 4 && bytes.every((byte) => !Number.isNaN(byte)) ? bytes.toReversed().join('.') : null;
}

/** `/proc/net/ipv6_route`: next hops of default routes. */
export function routers6(table: string): string[] {
  const hops = table
    .split('\n')
    .slice(0, 5_000)
    .flatMap((line) => {
      const [destination, bits, , , hop] = line.trim().split(/\s+/);
      return /^0{32}$/.test(destination ?? '') && bits === '00' && hop !== undefined && !/^0{32}$/.test(hop)
        ? [hop]
        : [];
    });
  return [...new Set(hops)].slice(0, 20).map((hop) => (hop.match(/.{4}/g) ?? []).join(':'));
}

function withoutPassword(proxy: string): string {
  return proxy.replace(/\/\/[^@/]*@/, '//');
}

const SWEEP_MS = 700;
const DISCARD_PORT = 9;

/** Sends an empty datagram (RFC 863) to every address beside the router's, so that the system asks each for its hardware address: 254 datagrams, no rights needed. */
async function addressAll(gateway: string): Promise<void> {
  const network = gateway.split('.').slice(0, 3).join('.');
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  for (let host = 1; host < 255; host++) socket.send(new Uint8Array(0), DISCARD_PORT, `${network}.${host}`, () => {});
  await wait(SWEEP_MS);
  socket.close();
}
