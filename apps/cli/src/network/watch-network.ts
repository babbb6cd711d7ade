import { lookup } from 'node:dns/promises';
import type { NetworkSetup, ProbeReport, WireGuardKey } from '@vedette/contracts';
import { type Guard, guardDevice, type Protection } from '@vedette/network';
import { createLinuxTunnel } from '@vedette/network/node';
import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { wait } from '../wait.ts';
import { networkNow } from './network-now.ts';
import { askNetwork, type ProbeSetUp } from './run-network-probe.ts';

const POLL_MS = 1_000;
const TICK_MS = 10_000;

export interface WatchOptions extends ProbeSetUp {
  readonly setup: NetworkSetup;
  /** Of this device's tunnel; null: it raises none. */
  readonly privateKey: WireGuardKey | null;
  readonly signal: AbortSignal;
}

export interface WatchEvents {
  /** A network was judged, outside any tunnel. */
  readonly onReport: (report: ProbeReport) => Promise<void> | void;
  /** The tunnel is another way than before. `afterMs`: since the verdict that asked for it. */
  readonly onProtection: (protection: Protection, why: string, afterMs: number) => void;
}

/**
 * Watches the network of this machine until told to stop: probes when it is another one and on schedule, and guards the machine with its tunnel by the rules it was given. Whatever was
 * changed is put back at the end. @throws CliError where there is nothing to ask
 */
export async function watchNetwork(options: WatchOptions, terminal: Terminal, events: WatchEvents): Promise<void> {
  const { setup, privateKey, signal } = options;
  const { probeTarget, probing, allowedInspections, tunnel } = setup;
  if (probeTarget === null)
    throw new CliError(EXIT.failed, 'no probe server is set up, so there is nothing to watch the network with');
  const probe = (): Promise<ProbeReport> => askNetwork(probeTarget, allowedInspections, options, terminal);
  let asked = performance.now();
  const guard: Guard | null =
    tunnel === null || privateKey === null
      ? null
      : guardDevice({
          port: createLinuxTunnel({ privateKey }),
          configuration: tunnel,
          probe,
          probeAddresses: probeTarget.addresses,
          resolve: (name) =>
            lookup(name, { all: true }).then(
              (found) => found.map(({ address }) => address),
              () => [],
            ),
          now: () => performance.now(),
          onChange: (protection, why) => events.onProtection(protection, why, performance.now() - asked),
        });
  try {
    // What an earlier run left behind would stand in the way.
    let probeNow = guard === null || (await guard.moved());
    let network = networkNow();
    let dueAt = 0;
    let tickAt = 0;
    while (!signal.aborted) {
      const now = performance.now();
      if (networkNow() !== network) {
        network = networkNow();
        asked = now;
        probeNow = guard === null || (await guard.moved());
      }
      if (guard !== null && now >= tickAt) {
        tickAt = now + TICK_MS;
        asked = now;
        probeNow ||= await guard.tick();
      }
      const outside = guard === null || guard.protection.kind === 'down' || guard.protection.kind === 'exposed';
      if (outside && (probeNow || now >= dueAt)) {
        probeNow = false;
        const report = await probe();
        asked = performance.now();
        const calm = report.state === 'clean' || report.state === 'inspected';
        const every = calm ? probing.everyMinutes * 60_000 * (0.9 + Math.random() / 5) : probing.againSeconds * 1_000;
        dueAt = performance.now() + every;
        await Promise.all([guard?.judge(report), events.onReport(report)]);
      }
      await wait(POLL_MS, signal);
    }
  } finally {
    await guard?.end();
  }
}
