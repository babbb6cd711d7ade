import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isAtLeast, ProbeReport, ProbeTarget } from '@vedette/contracts';
import { makeAuthority } from '../in-the-middle/authority.ts';
import type { NetlabCase, NetlabContext } from './cases.ts';
import type { Running } from './programs.ts';
import { type NetlabRemedy, type RemedyResult, runRemedy } from './remedies.ts';
import { ADDRESS, buildTopology } from './topology.ts';

const ZONE = 'probe.lab.test';

export interface NetlabOptions {
  /** The probe server's entry, and the command line's. */
  readonly probeServer: string;
  readonly vedette: string;
  /** Between client and everything else; default: none. */
  readonly roundTripMs?: number;
  readonly onCase: (result: NetlabResult) => void;
  /** What answers attacks, after all cases. */
  readonly remedies?: readonly NetlabRemedy[];
  readonly onRemedy?: (result: RemedyResult) => void;
}

export interface NetlabResult {
  readonly name: string;
  /** `missed`: an attack that nothing was said of. `false-alarm`: something was said of an honest condition. `silent`: the attack did not happen, so nothing is proven. */
  readonly outcome: 'detected' | 'other-name' | 'missed' | 'quiet' | 'false-alarm' | 'silent' | 'skipped' | 'failed';
  readonly state: string;
  readonly findings: readonly string[];
  readonly milliseconds: number | null;
  readonly detail: string | null;
}

export const isInstalled = (program: string): boolean =>
  `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));

/** Builds the laboratory, runs each case in it, and takes it down. Needs root on Linux. */
export async function runNetlab(cases: readonly NetlabCase[], options: NetlabOptions): Promise<NetlabResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-netlab-'));
  const [publicRoot, rogue] = await Promise.all([
    makeAuthority('Public Root', 'rsa'),
    makeAuthority('Acme TLS Inspection CA', 'rsa'),
  ]);
  const own = await publicRoot.issue([ZONE, `*.p.${ZONE}`]);
  const forged = await rogue.issue([ZONE, `*.p.${ZONE}`]);
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const paths = {
    chain: write('chain.pem', own.chain),
    key: write('key.pem', own.key),
    root: write('root.pem', publicRoot.chain),
    rogue: write('rogue.pem', rogue.chain),
  };
  await using net = await buildTopology({ roundTripMs: options.roundTripMs ?? 0 });
  const results: NetlabResult[] = [];
  let probe: Running | null = null;
  let names: Running | null = null;
  try {
    const startServer = async (): Promise<void> => {
      probe = net.start('srv', [process.execPath, options.probeServer], {
        VEDETTE_PROBE_ZONE: ZONE,
        VEDETTE_PROBE_DATA: join(folder, 'probe'),
        VEDETTE_PROBE_LISTEN: ADDRESS.probe,
        VEDETTE_PROBE_ADDRESSES: ADDRESS.probe,
        VEDETTE_PROBE_DNS_PORT: '53',
        VEDETTE_PROBE_CERTIFICATE: paths.chain,
        VEDETTE_PROBE_KEY: paths.key,
        VEDETTE_PROBE_REQUESTS_PER_MINUTE: '100000',
      });
      await probe.printed(/^ready /m);
    };
    await startServer();
    names = net.start('srv', [
      'dnsmasq',
      '-k',
      '--conf-file=/dev/null',
      '--no-resolv',
      '--no-hosts',
      '--bind-interfaces',
      `--listen-address=${ADDRESS.names}`,
      '--cache-size=0',
      `--server=/${ZONE}/${ADDRESS.probe}`,
      '--local=/#/',
      '--user=root',
      '--log-facility=-',
    ]);
    const context = (name: string): NetlabContext => {
      const own = join(folder, name.replaceAll(/\W+/g, '-'));
      mkdirSync(own, { recursive: true });
      return {
        net,
        folder: own,
        zone: ZONE,
        rogue,
        forged,
        server: { stop: async () => probe?.stop(), start: startServer },
      };
    };
    const ask = async (trustsRogue: boolean, name: string): Promise<ProbeReport> => {
      const trust = [paths.root, ...(trustsRogue ? [paths.rogue] : [])].flatMap((path) => ['--trust', path]);
      const state = `XDG_STATE_HOME=${join(folder, 'state')}`;
      const { output } = await net.attempt(
        'cli',
        'env',
        state,
        process.execPath,
        options.vedette,
        'probe',
        '--target',
        join(folder, 'probe', 'target.json'),
        ...trust,
        '--network',
        name,
        '--format',
        'json',
      );
      return ProbeReport.parse(JSON.parse(output));
    };
    // What the network is like when it is clean: the memory that a change is held against.
    const before = await ask(false, 'before');
    if (before.state !== 'clean')
      throw new Error(
        `the laboratory is not clean: ${JSON.stringify(before.findings)} ${JSON.stringify(before.rounds[0]?.tls.map(({ outcome, error }) => `${outcome} ${error ?? ''}`))}`,
      );
    for (const one of cases) {
      const result = await runCase(one, context(one.name), (trustsRogue) => ask(trustsRogue, one.name));
      results.push(result);
      options.onCase(result);
      await net.reset();
    }
    const target = ProbeTarget.parse(JSON.parse(readFileSync(join(folder, 'probe', 'target.json'), 'utf8')));
    for (const remedy of options.remedies ?? []) {
      const tools = { context: context(remedy.name), vedette: options.vedette, target, trust: [paths.root] };
      options.onRemedy?.(remedy.needs.every(isInstalled) ? await runRemedy(remedy, tools) : notInstalled(remedy));
      await net.reset();
    }
  } finally {
    await names?.stop();
    // It is set within a function, which the compiler does not follow.
    await stopIt(probe);
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

function notInstalled({ name, needs }: NetlabRemedy): RemedyResult {
  const missing = needs.filter((program) => !isInstalled(program));
  const nothing = { path: [], milliseconds: null, packets: { before: 0, all: 0, beside: [] } };
  return { name, ok: false, ...nothing, detail: `needs ${missing.join(', ')}` };
}

async function stopIt(running: Running | null): Promise<void> {
  await running?.stop();
}

async function runCase(
  one: NetlabCase,
  context: NetlabContext,
  ask: (trustsRogue: boolean) => Promise<ProbeReport>,
): Promise<NetlabResult> {
  const nothing = { name: one.name, state: '–', findings: [], milliseconds: null };
  const missing = one.needs.filter((program) => !isInstalled(program));
  if (missing.length > 0) return { ...nothing, outcome: 'skipped', detail: `needs ${missing.join(', ')}` };
  let setUp: Awaited<ReturnType<NetlabCase['start']>> | null = null;
  try {
    setUp = await one.start(context);
    const report = await ask(one.trustsRogue === true);
    const fired = await setUp.fired();
    const alarms = report.findings.filter(({ severity }) => isAtLeast(severity, 'medium')).map(({ id }) => id);
    const judged = {
      name: one.name,
      state: report.state,
      findings: report.findings.map(({ id, severity }) => `${id} ${severity}`),
      milliseconds: report.timingsMs['firstHigh'] ?? null,
      detail: null,
    };
    if (fired === 0) return { ...judged, outcome: 'silent' };
    if (one.expect === undefined) return { ...judged, outcome: alarms.length === 0 ? 'quiet' : 'false-alarm' };
    if (alarms.length === 0) return { ...judged, outcome: 'missed' };
    const [worst] = alarms;
    return { ...judged, outcome: worst !== undefined && one.expect.includes(worst) ? 'detected' : 'other-name' };
  } catch (error) {
    return {
      ...nothing,
      outcome: 'failed',
      detail: error instanceof Error ? error.message.slice(0, 1_000) : String(error),
    };
  } finally {
    await setUp?.stop();
  }
}
