import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askNetworkSetup, type NetworkSetupDeps } from '@vedette/agent';
import { writeFileAtomically } from '@vedette/agent/node';
import { type DeviceEvent, type DeviceEvidence, NetworkSetup, type ProbeReport } from '@vedette/contracts';
import { probeEvidence } from '@vedette/network';
import { CliError } from '../exit-code.ts';
import { readTarget } from '../network/probe-target.ts';
import { renderProtection } from '../network/render-protection.ts';
import { askNetwork } from '../network/run-network-probe.ts';
import { tunnelKeys } from '../network/tunnel-key.ts';
import { watchNetwork } from '../network/watch-network.ts';
import type { Terminal } from '../terminal.ts';
import { wait } from '../wait.ts';
import type { ActLog } from './act-log.ts';

/** How the agent deals with networks. */
export interface AgentNetworkOptions {
  /** File of a probe server, in place of the one that the server names. */
  readonly target: string | null;
  readonly tunnel: boolean;
  readonly trust: readonly string[];
  readonly network?: string;
}

/** What there is to be said of the network, with the evidence. */
export interface NetworkWatch extends AsyncDisposable {
  /** The evidence, and with it what is known of the network. */
  merged(evidence: DeviceEvidence): DeviceEvidence;
  /** Whether there is something that no report carries yet. */
  changed(): boolean;
}

export interface AgentNetwork {
  /** The evidence with one probe. */
  once(evidence: DeviceEvidence): Promise<DeviceEvidence>;
  /** Watches until the signal, or until it is disposed of. */
  watch(signal: AbortSignal): NetworkWatch;
}

/** How often the server is asked whether its rules changed. */
const REFRESH_MS = 3_600_000;
/** The same network with the same findings is told of once in so long. */
const SAME_MS = 24 * 3_600_000;
const MOST_EVENTS = 50;

/** Asks the server how to deal with networks; without an answer, what it said the last time. Null: networks are not probed. @throws CliError */
export async function openNetwork(
  options: AgentNetworkOptions,
  deps: NetworkSetupDeps,
  folder: string,
  terminal: Terminal,
  log: Pick<ActLog, 'act'>,
): Promise<AgentNetwork | null> {
  const keys = options.tunnel ? tunnelKeys(join(folder, 'tunnel.key')) : null;
  const kept = join(folder, 'network.json');
  const own = options.target === null ? null : readTarget(options.target);
  const ask = async (): Promise<NetworkSetup | null> => {
    const answer = await askNetworkSetup(deps, keys?.publicKey ?? null);
    if (answer.outcome === 'accepted') {
      await writeFileAtomically(kept, `${JSON.stringify(answer.value, null, 2)}\n`);
      return answer.value;
    }
    // Where the server ends the enrolment, the next report says so.
    return readKept(kept);
  };
  const withOwn = (setup: NetworkSetup | null): NetworkSetup | null =>
    own === null
      ? setup
      : {
          ...(setup ?? NetworkSetup.parse({ ...NOTHING, probing: { everyMinutes: 15, againSeconds: 60 } })),
          probeTarget: own,
        };
  const setup = withOwn(await ask());
  if (options.tunnel && setup?.tunnel == null) log.act(`no tunnel: ${WHY_NONE[setup?.noTunnel ?? 'not-set-up']}`);
  if (setup?.probeTarget == null) return null;
  const first = setup;
  const { trust, network } = options;
  const probing = { full: false, trust, ...(network === undefined ? {} : { network }) };
  return {
    async once(evidence) {
      const { probeTarget, allowedInspections } = first;
      if (probeTarget === null) return evidence;
      const report = await askNetwork(probeTarget, allowedInspections, probing, terminal);
      log.act(said(report));
      return mergedWith(evidence, report, []);
    },
    watch(signal) {
      const ending = new AbortController();
      const whole = AbortSignal.any([signal, ending.signal]);
      let last: ProbeReport | null = null;
      let told: { readonly what: string; readonly atMs: number } | null = null;
      const events: DeviceEvent[] = [];
      let isNew = false;
      const onReport = (report: ProbeReport): void => {
        const what = JSON.stringify([report.network, report.state, report.findings.map(({ id }) => id)]);
        if (told?.what === what && Date.now() - told.atMs < SAME_MS) return;
        told = { what, atMs: Date.now() };
        last = report;
        isNew = true;
        log.act(said(report));
      };
      const running = (async () => {
        let current = first;
        while (!whole.aborted) {
          const round = new AbortController();
          const watching = watchNetwork(
            {
              setup: current,
              privateKey: keys?.privateKey ?? null,
              ...probing,
              signal: AbortSignal.any([whole, round.signal]),
            },
            terminal,
            {
              onReport,
              onProtection(protection, why, afterMs) {
                log.act(renderProtection(protection, why, afterMs));
                const { zone = null } = current.probeTarget ?? {};
                const at = new Date().toISOString();
                const text = `${protection.kind}${why === '' ? '' : `: ${why}`}`.slice(0, 1_000);
                const place = {
                  source: 'network-probe',
                  network: network ?? null,
                  host: zone,
                  expected: null,
                } as const;
                events.push({ kind: 'network.tunnel', at, ...place, seen: protection.kind, note: text });
                events.splice(0, events.length - MOST_EVENTS);
                isNew = true;
              },
            },
          ).catch((error: unknown) => {
            if (!(error instanceof CliError)) throw error;
            log.act(`the network is not watched: ${error.message}`);
          });
          let next = current;
          while (!whole.aborted && JSON.stringify(next) === JSON.stringify(current)) {
            await wait(REFRESH_MS, whole);
            if (!whole.aborted) next = withOwn(await ask()) ?? current;
          }
          current = next;
          round.abort();
          await watching;
        }
      })();
      return {
        merged(evidence) {
          isNew = false;
          return last === null && events.length === 0 ? evidence : mergedWith(evidence, last, events);
        },
        changed: () => isNew,
        async [Symbol.asyncDispose]() {
          ending.abort();
          await running;
        },
      };
    },
  };
}

const NOTHING = {
  schema: 'vedette.network-setup/1',
  probeTarget: null,
  allowedInspections: [],
  tunnel: null,
  noTunnel: 'not-set-up',
} as const;

const WHY_NONE: Readonly<Record<NonNullable<NetworkSetup['noTunnel']>, string>> = {
  'not-set-up': 'the server has none set up',
  revoked: 'an administrator took it away from this device',
  'pool-exhausted': 'the server has no address left',
  'key-taken': 'another device has this key; delete tunnel.key, and another one is made',
};

function said({ state, findings }: ProbeReport): string {
  return `network: ${state}${findings[0] === undefined ? '' : `: ${findings[0].title}`}`;
}

function mergedWith(
  evidence: DeviceEvidence,
  report: ProbeReport | null,
  more: readonly DeviceEvent[],
): DeviceEvidence {
  const probed = report === null ? { observations: [], events: [] } : probeEvidence(report);
  return {
    ...evidence,
    observations: [...evidence.observations.filter(({ key }) => key !== 'network.probe'), ...probed.observations],
    events: [...evidence.events, ...probed.events, ...more],
  };
}

function readKept(path: string): NetworkSetup | null {
  try {
    return NetworkSetup.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
