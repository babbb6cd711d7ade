import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Running, runProgram, startProgram, tryProgram } from './programs.ts';

export const HOSTS = ['cli', 'atk', 'gw', 'srv', 'sw'] as const;
export type HostName = (typeof HOSTS)[number];

/** Addresses of the laboratory. Servers are in TEST-NET-3 (RFC 5737), which nobody has. */
export const ADDRESS = {
  cli: '192.168.66.100',
  atk: '192.168.66.66',
  gw: '192.168.66.1',
  far: '203.0.113.1',
  probe: '203.0.113.10',
  names: '203.0.113.53',
} as const;

/** Hosts in network namespaces of their own, joined by a switch and a gateway; no way leads out. */
export interface Topology {
  /** Runs a program on a host. @throws where it fails */
  run(host: HostName, ...command: readonly string[]): Promise<string>;
  attempt(host: HostName, ...command: readonly string[]): ReturnType<typeof tryProgram>;
  start(host: HostName, command: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** Ends what a case changed: rules, routes, neighbours. */
  reset(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Builds client, attacker and gateway on a switch, and servers behind the gateway. Needs root. The names carry a random tag, so that two laboratories can stand side by side and only what
 * is ours is taken down.
 */
export async function buildTopology({ roundTripMs = 0 }: { readonly roundTripMs?: number } = {}): Promise<Topology> {
  const tag = `vn${randomBytes(2).toString('hex')}`;
  const ns = (host: HostName): string => `${tag}-${host}`;
  const ip = (...args: readonly string[]): Promise<string> => runProgram('ip', ...args);
  const run: Topology['run'] = (host, ...command) => runProgram('ip', 'netns', 'exec', ns(host), ...command);
  const resolvers = (['cli', 'atk'] as const).map((host) => `/etc/netns/${ns(host)}`);
  let delay: Running | null = null;
  const dispose = async (): Promise<void> => {
    await delay?.stop();
    for (const host of HOSTS) await tryProgram('ip', 'netns', 'del', ns(host));
    for (const folder of resolvers) rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const host of HOSTS) {
      await ip('netns', 'add', ns(host));
      await run(host, 'ip', 'link', 'set', 'lo', 'up');
    }
    await run('sw', 'ip', 'link', 'add', 'br0', 'type', 'bridge', 'ageing_time', '0', 'mcast_snooping', '0');
    await run('sw', 'ip', 'link', 'set', 'br0', 'up');
    for (const [host, mac] of [
      ['cli', '02:00:00:00:01:00'],
      ['atk', '02:00:00:00:00:66'],
      ['gw', '02:00:00:00:00:01'],
    ] as const) {
      await ip(
        'link',
        'add',
        'eth0',
        'netns',
        ns(host),
        'address',
        mac,
        'type',
        'veth',
        'peer',
        'name',
        `p-${host}`,
        'netns',
        ns('sw'),
      );
      await run('sw', 'ip', 'link', 'set', `p-${host}`, 'master', 'br0', 'up');
      // A hub: tools that put ARP right again send in the names of others, and a switch that learns would believe them.
      await run('sw', 'bridge', 'link', 'set', 'dev', `p-${host}`, 'learning', 'off');
      await run(host, 'ip', 'address', 'add', `${ADDRESS[host]}/24`, 'dev', 'eth0');
      await run(host, 'ip', 'link', 'set', 'eth0', 'up');
    }
    if (roundTripMs > 0) delay = await joinSlowly(ns, run, roundTripMs);
    else await ip('link', 'add', 'eth1', 'netns', ns('gw'), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', ns('srv'));
    await run('gw', 'ip', 'address', 'add', `${ADDRESS.far}/24`, 'dev', 'eth1');
    await run('gw', 'ip', 'link', 'set', 'eth1', 'up');
    for (const address of [ADDRESS.probe, ADDRESS.names])
      await run('srv', 'ip', 'address', 'add', `${address}/24`, 'dev', 'eth0');
    await run('srv', 'ip', 'link', 'set', 'eth0', 'up');
    await run('srv', 'ip', 'route', 'add', 'default', 'via', ADDRESS.far);
    for (const host of ['cli', 'atk'] as const) await run(host, 'ip', 'route', 'add', 'default', 'via', ADDRESS.gw);
    for (const host of ['gw', 'atk'] as const) {
      await run(host, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
      await tryProgram(
        'ip',
        'netns',
        'exec',
        ns(host),
        'sysctl',
        '-qw',
        'net.ipv4.conf.all.send_redirects=0',
        'net.ipv4.conf.eth0.send_redirects=0',
      );
    }
    await tryProgram(
      'ip',
      'netns',
      'exec',
      ns('cli'),
      'sysctl',
      '-qw',
      'net.ipv4.conf.all.accept_redirects=0',
      'net.ipv4.conf.eth0.accept_redirects=0',
    );
    for (const folder of resolvers) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/resolv.conf`, `nameserver ${ADDRESS.names}\noptions timeout:2 attempts:2\n`);
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    run,
    attempt: (host, ...command) => tryProgram('ip', 'netns', 'exec', ns(host), ...command),
    start: (host, command, env) => startProgram('ip', ['netns', 'exec', ns(host), ...command], env),
    async reset() {
      for (const host of ['gw', 'atk', 'srv'] as const)
        for (const table of ['nat', 'filter', 'mangle'])
          await tryProgram('ip', 'netns', 'exec', ns(host), 'iptables', '-t', table, '-F');
      await tryProgram('ip', 'netns', 'exec', ns('gw'), 'nft', 'flush', 'ruleset');
      await tryProgram('ip', 'netns', 'exec', ns('gw'), 'tc', 'qdisc', 'del', 'dev', 'eth0', 'root');
      await run('cli', 'ip', 'route', 'replace', 'default', 'via', ADDRESS.gw);
      for (const host of ['cli', 'gw', 'atk'] as const)
        await tryProgram('ip', 'netns', 'exec', ns(host), 'ip', 'neigh', 'flush', 'all');
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Joins gateway and servers by a link that takes its time, as the way to a server does; the network of the client stays quick. */
async function joinSlowly(ns: (host: HostName) => string, run: Topology['run'], roundTripMs: number): Promise<Running> {
  for (const [host, link, near] of [
    ['gw', 'eth1', 'to-gw'],
    ['srv', 'eth0', 'to-srv'],
  ] as const) {
    await runProgram(
      'ip',
      'link',
      'add',
      link,
      'netns',
      ns(host),
      'type',
      'veth',
      'peer',
      'name',
      near,
      'netns',
      ns('sw'),
    );
    await run('sw', 'ip', 'link', 'set', near, 'up');
  }
  const ends = [
    ['cli', 'eth0'],
    ['atk', 'eth0'],
    ['gw', 'eth0'],
    ['gw', 'eth1'],
    ['srv', 'eth0'],
    ['sw', 'to-gw'],
    ['sw', 'to-srv'],
  ] as const;
  // Frames that are copied by hand need their checksums, and the sizes of a wire.
  for (const [host, link] of ends)
    await run(host, 'ethtool', '-K', link, 'tx', 'off', 'rx', 'off', 'gso', 'off', 'tso', 'off', 'gro', 'off');
  const script = fileURLToPath(new URL('../../src/netlab/delay-link.py', import.meta.url));
  const delay = startProgram('ip', [
    'netns',
    'exec',
    ns('sw'),
    'python3',
    script,
    'to-gw',
    'to-srv',
    String(roundTripMs / 2),
  ]);
  await delay.printed(/ready/);
  return delay;
}
