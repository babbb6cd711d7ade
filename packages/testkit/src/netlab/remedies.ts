import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NetworkSetup, ProbeReport, type ProbeTarget, type TunnelRules } from '@vedette/contracts';
import { z } from 'zod';
import { NETLAB_ATTACKS, NETLAB_BENIGN, type NetlabContext, type SetUp } from './cases.ts';
import type { Running } from './programs.ts';
import { ADDRESS } from './topology.ts';

/** Where the tunnel ends, on the servers' side, and its addresses inside. */
const VPN = '203.0.113.30';
const GATEWAY = '10.99.0.1';
const CLIENT = '10.99.0.2';
const PORTS = [51_820, 4_443] as const;

type Kind = 'down' | 'raising' | 'verifying' | 'protected' | 'closed' | 'exposed' | 'aside';

/** A condition of the network, rules of an organisation, and how the client must stand at the end. */
export interface NetlabRemedy {
  readonly name: string;
  readonly needs: readonly string[];
  readonly rules: Partial<TunnelRules>;
  /** Name of the attack or honest condition that is set up; null: a clean network. */
  readonly under: string | null;
  /** Ports of the gateway that the attacker lets nobody reach. */
  readonly blocked?: readonly number[];
  /** What the client must come to, in this order; other states may come between. */
  readonly expect: readonly Kind[];
  /** Ends the condition once this state is reached. */
  readonly endsAt?: Kind;
}

const MITM = 'mitmproxy, untrusted';
const PORTAL = 'captive portal, refuses TLS';
const TOOLS = ['wg', 'wireguard-go', 'nft', 'tcpdump'];

export const NETLAB_REMEDIES: readonly NetlabRemedy[] = [
  {
    name: 'under mitmproxy the tunnel is raised and proved',
    needs: [...TOOLS, 'mitmdump'],
    rules: {},
    under: MITM,
    expect: ['raising', 'verifying', 'protected'],
  },
  {
    name: 'under forged names the tunnel is raised and proved',
    needs: [...TOOLS, 'dnsmasq'],
    rules: {},
    under: 'dnsmasq answers every name',
    expect: ['raising', 'verifying', 'protected'],
  },
  {
    name: 'where one port is blocked the other is taken',
    needs: [...TOOLS, 'mitmdump'],
    rules: {},
    under: MITM,
    blocked: [PORTS[0]],
    expect: ['raising', 'verifying', 'protected'],
  },
  {
    name: 'where the tunnel is blocked nothing leaves (fails closed)',
    needs: [...TOOLS, 'mitmdump'],
    rules: {},
    under: MITM,
    blocked: PORTS,
    expect: ['raising', 'closed'],
  },
  {
    name: 'where the tunnel is blocked traffic goes on (fails open)',
    needs: [...TOOLS, 'mitmdump'],
    rules: { failClosed: false },
    under: MITM,
    blocked: PORTS,
    expect: ['raising', 'exposed'],
  },
  {
    name: 'it steps aside for a portal, and comes back',
    needs: [...TOOLS, 'nginx'],
    rules: { raiseAt: 'always' },
    under: PORTAL,
    blocked: PORTS,
    expect: ['aside', 'raising', 'protected'],
    endsAt: 'aside',
  },
  {
    name: 'on a clean network it stays down',
    needs: TOOLS,
    rules: {},
    under: null,
    expect: [],
  },
];

export interface RemedyResult {
  readonly name: string;
  readonly ok: boolean;
  readonly path: readonly string[];
  /** From the verdict to the proof; null where there is none. */
  readonly milliseconds: number | null;
  /** Packets that the client sent before its tunnel, from the first one of it on, and those of the latter that went beside it. */
  readonly packets: { readonly before: number; readonly all: number; readonly beside: readonly string[] };
  readonly detail: string | null;
}

const Line = z.discriminatedUnion('event', [
  z.object({ event: z.literal('report'), report: ProbeReport }),
  z.object({
    event: z.literal('protection'),
    protection: z.enum(['down', 'raising', 'verifying', 'protected', 'closed', 'exposed', 'aside']),
    why: z.string(),
    afterMs: z.number(),
  }),
]);

export interface RemedyTools {
  readonly context: NetlabContext;
  readonly vedette: string;
  readonly target: ProbeTarget;
  readonly trust: readonly string[];
}

/** Runs one: gateway, condition, client with its guard and some traffic, and a capture of everything that leaves the client. */
export async function runRemedy(remedy: NetlabRemedy, tools: RemedyTools): Promise<RemedyResult> {
  const { net, folder } = tools.context;
  const stops: (() => Promise<unknown>)[] = [];
  const path: Kind[] = [];
  let milliseconds: number | null = null;
  try {
    const { setup, key, stop } = await startGateway(tools, remedy);
    stops.push(stop);
    let condition: SetUp | null = await startCondition(remedy, tools.context);
    stops.push(async () => condition?.stop());
    const pcap = join(folder, 'leaving.pcap');
    const capture = net.start('sw', ['tcpdump', '-i', 'p-cli', '-U', '-w', pcap, 'ether', 'src', '02:00:00:00:01:00']);
    await capture.printed(/listening on/);
    stops.push(() => capture.stop());
    const guard = net.start('cli', [
      'env',
      `XDG_STATE_HOME=${join(folder, 'state')}`,
      process.execPath,
      tools.vedette,
      'guard',
      '--setup',
      setup,
      '--key',
      key,
      '--format',
      'json',
      ...tools.trust.flatMap((file) => ['--trust', file]),
    ]);
    stops.push(() => guard.stop());
    const noise = net.start('cli', ['sh', '-c', NOISE]);
    stops.push(() => noise.stop());
    const goal = remedy.expect.at(-1);
    const until = Date.now() + 60_000;
    let reports = 0;
    let states: ProbeReport['state'][] = [];
    while (Date.now() < until) {
      const lines = readLines(guard);
      path.length = 0;
      reports = 0;
      states = [];
      for (const line of lines) {
        if (line.event === 'report') {
          reports += 1;
          states.push(line.report.state);
          continue;
        }
        path.push(line.protection);
        if (line.protection === 'protected') milliseconds = line.afterMs;
      }
      if (remedy.endsAt !== undefined && condition !== null && path.includes(remedy.endsAt)) {
        await condition.stop();
        condition = null;
        await net.reset();
      }
      const done = goal === undefined ? reports > 0 : path.at(-1) === goal;
      if (done) break;
      await wait(100);
    }
    // What would leak has time to.
    await wait(3_000);
    const endedAt = Date.now() / 1_000;
    await guard.stop();
    await noise.stop();
    await capture.stop();
    const packets = await readCapture(net, pcap, remedy, endedAt);
    const reached = goal === undefined ? path.length === 0 && reports > 0 : inOrder(remedy.expect, path);
    const leaks = remedy.rules.failClosed === false ? [] : packets.beside;
    return {
      name: remedy.name,
      // A capture that saw nothing before proves nothing.
      ok: reached && leaks.length === 0 && packets.before > 0 && (goal !== 'protected' || packets.all > 0),
      path,
      milliseconds,
      packets,
      detail: reached ? null : `${states.join(', ')}; ${guard.output().slice(-1_500)}`,
    };
  } catch (error) {
    const packets = { before: 0, all: 0, beside: [] };
    const detail = error instanceof Error ? error.message.slice(0, 1_500) : String(error);
    return { name: remedy.name, ok: false, path, milliseconds, packets, detail };
  } finally {
    for (const stop of stops.toReversed()) await stop();
    rmSync(join(folder, 'client.key'), { force: true });
  }
}

/** Traffic as of apps: names, pages, datagrams, old and new connections. */
const NOISE = `while :; do
  ping -c 1 -W 1 ${ADDRESS.probe} >/dev/null 2>&1 &
  timeout 1 bash -c 'echo > /dev/tcp/${ADDRESS.probe}/80' 2>/dev/null &
  timeout 1 bash -c 'echo x > /dev/udp/198.51.100.7/9' 2>/dev/null &
  timeout 1 bash -c 'echo x > /dev/udp/${ADDRESS.gw}/53' 2>/dev/null &
  timeout 1 getent hosts www.bank.example >/dev/null 2>&1 &
  sleep 0.2
done`;

/** The gateway of the tunnels, and what the client is told of it. */
async function startGateway(
  { context, vedette, target }: RemedyTools,
  { rules }: NetlabRemedy,
): Promise<{ readonly setup: string; readonly key: string; stop(): Promise<void> }> {
  const { net, folder } = context;
  const link = `vg${folder.slice(-6).replaceAll(/\W/g, '')}${process.pid % 1_000}`.slice(0, 15);
  const key = join(folder, 'client.key');
  const show = await net.run('cli', process.execPath, vedette, 'guard', '--show-key', '--key', key);
  const gatewayKey = (await net.run('srv', 'wg', 'genkey')).trim();
  const keyFile = join(folder, 'gateway.conf');
  writeFileSync(
    keyFile,
    `[Interface]\nPrivateKey = ${gatewayKey}\nListenPort = ${PORTS[0]}\n[Peer]\nPublicKey = ${show.trim()}\nAllowedIPs = ${CLIENT}/32\n`,
    { mode: 0o600 },
  );
  await net.attempt('srv', 'ip', 'address', 'add', `${VPN}/24`, 'dev', 'eth0');
  await net.run('srv', 'wireguard-go', link);
  await net.run('srv', 'wg', 'setconf', link, keyFile);
  await net.run('srv', 'ip', 'address', 'add', `${GATEWAY}/24`, 'dev', link);
  await net.run('srv', 'ip', 'link', 'set', link, 'up');
  // The same gateway on another port, as one that is open in most places.
  const other = ['-t', 'nat', '-A', 'PREROUTING', '-p', 'udp', '-d', VPN, '--dport', String(PORTS[1])];
  await net.run('srv', 'iptables', ...other, '-j', 'REDIRECT', '--to-ports', String(PORTS[0]));
  const publicKey = (await net.run('srv', 'wg', 'show', link, 'public-key')).trim();
  const setup = NetworkSetup.parse({
    schema: 'vedette.network-setup/1',
    probeTarget: target,
    probing: { everyMinutes: 15, againSeconds: 60 },
    allowedInspections: [],
    tunnel: {
      addresses: [`${CLIENT}/32`],
      gateway: { publicKey, endpoints: PORTS.map((port) => ({ host: VPN, port })) },
      dns: [ADDRESS.names],
      rules,
    },
    noTunnel: null,
  });
  const file = join(folder, 'setup.json');
  writeFileSync(file, JSON.stringify(setup));
  return {
    setup: file,
    key,
    async stop() {
      await net.attempt('srv', 'ip', 'link', 'delete', link);
      await net.attempt('srv', 'ip', 'address', 'delete', `${VPN}/24`, 'dev', 'eth0');
    },
  };
}

async function startCondition({ under, blocked = [] }: NetlabRemedy, context: NetlabContext): Promise<SetUp | null> {
  if (under === null) return null;
  const one = [...NETLAB_ATTACKS, ...NETLAB_BENIGN].find(({ name }) => name === under);
  if (one === undefined) throw new Error(`there is no case “${under}”`);
  const set = await one.start(context);
  for (const port of blocked)
    await context.net.run('atk', 'iptables', '-I', 'FORWARD', '-p', 'udp', '--dport', String(port), '-j', 'DROP');
  return set;
}

function readLines(guard: Running): z.infer<typeof Line>[] {
  return guard
    .output()
    .split('\n')
    .flatMap((text) => {
      if (!text.startsWith('{')) return [];
      try {
        const parsed = Line.safeParse(JSON.parse(text));
        return parsed.success ? [parsed.data] : [];
      } catch {
        // A line that is not whole yet.
        return [];
      }
    });
}

/**
 * What left the client from the first packet of its tunnel on, until it ended it. Beside the tunnel is everything but WireGuard to the gateway, questions for neighbours, and, where it may
 * look whether it is locked in, what goes to the probe server and the resolver.
 */
async function readCapture(
  net: NetlabContext['net'],
  pcap: string,
  { expect, rules }: NetlabRemedy,
  /** When the guard was told to end, in seconds since the epoch. */
  endedAt: number,
): Promise<RemedyResult['packets']> {
  const text = await net.run('sw', 'tcpdump', '-nn', '-tt', '-r', pcap);
  const lines = text.split('\n').filter((line) => line !== '' && Number(line.split(' ')[0]) < endedAt);
  const isTunnel = (line: string): boolean => PORTS.some((port) => line.includes(`> ${VPN}.${port}: UDP`));
  const first = lines.findIndex(isTunnel);
  const looks = expect.includes('closed') || rules.raiseAt === 'always';
  const within = first < 0 ? [] : lines.slice(first);
  const beside = within.filter((line) => {
    if (isTunnel(line) || / (ARP|IP6 .* ICMP6, (router|neighbor) sol)/.test(line)) return false;
    return !(looks && [ADDRESS.probe, ADDRESS.names, ADDRESS.atk, ADDRESS.gw].some((to) => line.includes(`> ${to}`)));
  });
  return { before: first < 0 ? lines.length : first, all: within.length, beside: beside.slice(0, 20) };
}

function inOrder(wanted: readonly Kind[], path: readonly Kind[]): boolean {
  let at = 0;
  for (const kind of path) if (kind === wanted[at]) at += 1;
  return at === wanted.length;
}
