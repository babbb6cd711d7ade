import type { Host } from '@vedette/bytes';
import {
  type AllowedInspection,
  isAtLeast,
  type ProbeReport,
  type ProbeRound,
  type ProbeTarget,
} from '@vedette/contracts';
import type { NetPort } from './net-port.ts';
import { runRound } from './run-round.ts';
import { judgeNetwork } from './verdict/judge-network.ts';

export interface ProbeOptions {
  readonly target: ProbeTarget;
  /** Verifies signatures of certificates. */
  readonly host: Host;
  /** Name of the network, where it is known. */
  readonly network?: string;
  readonly allowedInspections?: readonly AllowedInspection[];
  /** Ask everything at once instead of what tells most within a second. */
  readonly full?: boolean;
  readonly tool: string;
  /** Told after each round. */
  readonly onRound?: (report: ProbeReport) => void;
}

/** Whatever is not clean is looked at again, so that one lost packet is never a verdict. */
const MAX_ROUNDS = 2;

/** Probes a network: one round, and another with a new nonce unless the first was clean. */
export async function runProbe(port: NetPort, options: ProbeOptions): Promise<ProbeReport> {
  const { target, host, network, allowedInspections = [], full = false, tool, onRound } = options;
  const from = port.now();
  const rounds: ProbeRound[] = [];
  const timingsMs: Record<string, number> = {};
  for (;;) {
    const again = rounds.length > 0;
    rounds.push(await runRound(port, target, again || full ? 'full' : 'fast', again ? 'again' : 'first'));
    const elapsed = Math.round(port.now() - from);
    timingsMs[`round${rounds.length}`] = elapsed;
    const base = {
      target,
      network: network ?? null,
      allowedInspections: [...allowedInspections],
      rounds: [...rounds],
    };
    const { state, findings } = judgeNetwork(base, host);
    if (timingsMs['firstHigh'] === undefined && findings.some(({ severity }) => isAtLeast(severity, 'high')))
      timingsMs['firstHigh'] = elapsed;
    const report: ProbeReport = {
      schema: 'vedette.probe-report/1',
      ...base,
      state,
      findings: [...findings],
      timingsMs: { ...timingsMs, total: elapsed },
      tool,
    };
    onRound?.(report);
    if (rounds.length >= MAX_ROUNDS || (state === 'clean' && findings.length === 0 && rounds.every(isSmooth)))
      return report;
  }
}

/** Everything that was asked was answered. */
function isSmooth({ tls, http, dns }: ProbeRound): boolean {
  return [...tls, ...http, ...dns].every(({ outcome }) => outcome === 'ok');
}
