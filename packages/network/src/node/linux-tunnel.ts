import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type TunnelConfiguration, type WireGuardKey } from '@vedette/contracts';
import type { TunnelEndpoint, TunnelPort } from '../tunnel/tunnel-port.ts';
import { endpointText } from '../tunnel/write-wg-quick.ts';

/** Marks WireGuard's own packets, so that they are not led into the tunnel again; also the number of its table of routes. */
const MARK = 22_085;
const TABLE = 'vedette_tunnel';
const PROGRAM_MS = 10_000;
const LOOKUP_MS = 2_000;
const POLL_MS = 20;
/** WireGuard drops a session that was not renewed for so long (REJECT_AFTER_TIME in its paper, section 6.1). */
const SESSION_S = 180;
/** Nobody is there (RFC 5737): a datagram to it makes WireGuard greet the gateway. */
const NOBODY = { address: '192.0.2.1', port: 9 };

export interface LinuxTunnelOptions {
  readonly privateKey: WireGuardKey;
  /** Name of the interface, at most 15 characters. Default: `vedette0`. */
  readonly link?: string;
}

/**
 * Tunnels of WireGuard on Linux, by the kernel's module or, where there is none, by `wireguard-go`. Needs root, `ip`, `wg` and `nft`.
 *
 * What may leave is one table of nftables, replaced whole in one transaction: loopback, the tunnel, WireGuard's own packets, DHCP and the discovery of neighbours. Routes follow the way of
 * wg-quick(8): a table of their own for what is not marked, the main one but for its default routes. Questions for names are sent to the tunnel's resolver whatever resolver is set up, so no
 * file of the system changes and nothing has to be put back.
 */
export function createLinuxTunnel({ privateKey, link = 'vedette0' }: LinuxTunnelOptions): TunnelPort {
  const addresses = new Map<string, string>();

  const filter = (rules: readonly string[], names: readonly string[] = []): Promise<string> =>
    run(
      'nft',
      ['-f', '-'],
      [
        `table inet ${TABLE} {}`,
        `delete table inet ${TABLE}`,
        `table inet ${TABLE} {`,
        'chain leaving { type filter hook output priority 0; policy drop;',
        'oifname "lo" accept',
        'udp sport 68 udp dport 67 accept',
        'udp sport 546 udp dport 547 accept',
        'icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept',
        ...rules,
        '}',
        'chain passing { type filter hook forward priority 0; policy drop;',
        `oifname "${link}" accept`,
        `iifname "${link}" accept`,
        '}',
        ...names,
        '}',
        '',
      ].join('\n'),
    );

  async function takeDown(): Promise<void> {
    await tryRun('ip', ['link', 'delete', link]);
    for (const family of ['-4', '-6']) {
      await tryRun('ip', [family, 'rule', 'delete', 'not', 'fwmark', String(MARK), 'table', String(MARK)]);
      await tryRun('ip', [family, 'rule', 'delete', 'table', 'main', 'suppress_prefixlength', '0', 'protocol', '86']);
    }
  }

  async function addressOf({ host }: TunnelEndpoint): Promise<string> {
    if (isIP(host) !== 0) return host;
    const known = addresses.get(host);
    if (known !== undefined) return known;
    const found = await Promise.race([
      lookup(host).then(({ address }) => address),
      wait(LOOKUP_MS).then(() => null),
    ]).catch(() => null);
    if (found === null) throw new Error('the name of the gateway has no address here');
    addresses.set(host, found);
    return found;
  }

  return {
    async raise(configuration, endpoint) {
      const host = await addressOf(endpoint);
      await filter([`oifname "${link}" accept`, `meta mark ${MARK} accept`], resolverRules(configuration, link));
      await takeDown();
      await addLink(link);
      // A pipe of the shell: the input of a child of Node is a socket, which wg cannot open as a file.
      await run(
        'sh',
        ['-c', 'cat | wg setconf "$1" /dev/stdin', 'sh', link],
        wireGuardConfiguration(configuration, { ...endpoint, host }, privateKey),
      );
      for (const address of configuration.addresses) await run('ip', ['address', 'add', address, 'dev', link]);
      if (configuration.mtu !== null) await run('ip', ['link', 'set', link, 'mtu', String(configuration.mtu)]);
      await run('ip', ['link', 'set', link, 'up']);
      for (const family of families(configuration)) {
        const through = configuration.gateway.allowedIps.filter((block) => block.includes(':') === (family === '-6'));
        for (const block of through)
          await run('ip', [family, 'route', 'add', block, 'dev', link, 'table', String(MARK)]);
        await run('ip', [family, 'rule', 'add', 'not', 'fwmark', String(MARK), 'table', String(MARK)]);
        await run('ip', [family, 'rule', 'add', 'table', 'main', 'suppress_prefixlength', '0', 'protocol', '86']);
      }
      // Answers to marked packets are looked up with their mark, or a strict filter of reverse paths drops them.
      await writeFile('/proc/sys/net/ipv4/conf/all/src_valid_mark', '1').catch(() => {});
      greet();
    },
    async handshake(withinMs) {
      const until = performance.now() + withinMs;
      while (performance.now() < until) {
        if ((await lastHandshake(link)) > 0) return true;
        await wait(POLL_MS);
      }
      return false;
    },
    async isAlive() {
      const last = await lastHandshake(link);
      if (last > 0 && Date.now() / 1_000 - last < SESSION_S) return true;
      greet();
      await wait(1_000);
      const now = await lastHandshake(link);
      return now > 0 && Date.now() / 1_000 - now < SESSION_S;
    },
    async close(exempt) {
      const of = (version: 4 | 6): string[] => exempt.filter((address) => isIP(address) === version);
      const [four, six] = [of(4), of(6)];
      await filter([
        ...(four.length === 0 ? [] : [`ip daddr { ${four.join(', ')} } accept`]),
        ...(six.length === 0 ? [] : [`ip6 daddr { ${six.join(', ')} } accept`]),
        // Whoever may be asked must be found first.
        ...(exempt.length === 0 ? [] : ['udp dport 53 accept', 'tcp dport 53 accept']),
      ]);
      await takeDown();
    },
    async lower() {
      await takeDown();
      await tryRun('nft', ['delete', 'table', 'inet', TABLE]);
    },
  };
}

/** The interface: the kernel's own, or one of a program. @throws where neither is there */
async function addLink(link: string): Promise<void> {
  if ((await tryRun('ip', ['link', 'add', link, 'type', 'wireguard'])) === null) return;
  await run('wireguard-go', [link]);
}

/** wg(8), "configuration file format". */
function wireGuardConfiguration(
  { gateway }: TunnelConfiguration,
  endpoint: TunnelEndpoint,
  privateKey: WireGuardKey,
): string {
  return [
    '[Interface]',
    `PrivateKey = ${privateKey}`,
    `FwMark = ${MARK}`,
    '[Peer]',
    `PublicKey = ${gateway.publicKey}`,
    `AllowedIPs = ${gateway.allowedIps.join(', ')}`,
    `Endpoint = ${endpointText(endpoint)}`,
    `PersistentKeepalive = ${gateway.keepaliveSeconds}`,
    '',
  ].join('\n');
}

/** Families that the tunnel has an address of. What belongs to the other one does not leave the device. */
function families({ addresses }: TunnelConfiguration): ('-4' | '-6')[] {
  const has = (six: boolean): boolean => addresses.some((address) => address.includes(':') === six);
  return [...(has(false) ? (['-4'] as const) : []), ...(has(true) ? (['-6'] as const) : [])];
}

function resolverRules({ dns }: TunnelConfiguration, link: string): string[] {
  const four = dns.find((address) => isIP(address) === 4);
  const six = dns.find((address) => isIP(address) === 6);
  const lead = (version: 'ipv4' | 'ipv6', family: 'ip' | 'ip6', to: string): string[] =>
    ['udp', 'tcp'].map((protocol) => `meta nfproto ${version} ${protocol} dport 53 dnat ${family} to ${to}`);
  return [
    'chain names { type nat hook output priority -100;',
    'oifname "lo" return',
    `meta mark ${MARK} return`,
    ...(four === undefined ? [] : lead('ipv4', 'ip', four)),
    ...(six === undefined ? [] : lead('ipv6', 'ip6', six)),
    '}',
    // What was led elsewhere was begun under an address outside, which the gateway would not take.
    'chain source { type nat hook postrouting priority 100;',
    `oifname "${link}" masquerade`,
    '}',
  ];
}

/** Seconds since the epoch; 0: none yet. */
async function lastHandshake(link: string): Promise<number> {
  const said = await run('wg', ['show', link, 'latest-handshakes']).catch(() => '');
  return Math.max(0, ...said.split('\n').map((line) => Number(line.split('\t')[1] ?? 0)));
}

function greet(): void {
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  socket.send(new Uint8Array(0), NOBODY.port, NOBODY.address, () => socket.close());
}

const PACKAGE_OF: Readonly<Record<string, string>> = {
  wg: 'wireguard-tools',
  nft: 'nftables',
  ip: 'iproute2',
  'wireguard-go': 'wireguard-go, or a kernel with WireGuard',
};

/** @throws Error in words for a person */
function run(program: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { timeout: PROGRAM_MS }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if ('code' in error && error.code === 'ENOENT')
        return reject(new Error(`${program} is not installed (${PACKAGE_OF[program] ?? program})`));
      const said = stderr.trim().split('\n').at(-1) ?? '';
      const hint = process.getuid?.() === 0 ? '' : '; raising a tunnel needs root';
      reject(new Error(`${program} ${args.slice(0, 3).join(' ')}: ${said === '' ? error.message : said}${hint}`));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/** Null where it worked, else what went wrong: for what may not be there. */
async function tryRun(program: string, args: readonly string[]): Promise<string | null> {
  try {
    await run(program, args);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
