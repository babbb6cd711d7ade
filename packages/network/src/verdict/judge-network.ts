import type { Host } from '@vedette/bytes';
import { compareSeverity, isAtLeast, type NetworkState, type ProbeFinding, type ProbeReport } from '@vedette/contracts';
import type { NetworkRule, VerdictContext } from './conclude.ts';
import { type RoundFacts, readRounds } from './read-round.ts';
import { blocked, throttled } from './rules/blocked.ts';
import { captivePortal, clock, inconclusive } from './rules/circumstances.ts';
import { clearTextBlocked, contentInjection, headerChanges, monitoring, sslStrip } from './rules/clear-text.ts';
import { downgrade } from './rules/downgrade.ts';
import { interception } from './rules/interception.ts';
import { arpSpoofing, detours, newRouter, wifi } from './rules/link.ts';
import { forgedNames, ledElsewhere, namesBlocked, rewrittenNames } from './rules/names.ts';

const RULES: readonly NetworkRule[] = [
  interception,
  downgrade,
  blocked,
  throttled,
  sslStrip,
  contentInjection,
  clearTextBlocked,
  headerChanges,
  monitoring,
  forgedNames,
  namesBlocked,
  rewrittenNames,
  ledElsewhere,
  arpSpoofing,
  newRouter,
  wifi,
  detours,
  captivePortal,
  clock,
];

export interface NetworkVerdict {
  readonly state: NetworkState;
  /** Worst first. */
  readonly findings: readonly ProbeFinding[];
}

/** What follows from what was seen: a function of a report's observations, so that anybody who has them comes to the same. */
export function judgeNetwork(
  report: Pick<ProbeReport, 'rounds' | 'target' | 'network' | 'allowedInspections'>,
  host: Host,
): NetworkVerdict {
  const { target, network, allowedInspections } = report;
  const context: VerdictContext = { target, network, allowedInspections, host };
  const rounds = readRounds(report.rounds, target, host);
  const found = RULES.flatMap((rule) => rule(rounds, context));
  const explained = found.some(({ severity, id }) => isAtLeast(severity, 'medium') || EXPLAINS.has(id));
  const findings = explained ? found : [...found, ...inconclusive(rounds, context)];
  return {
    state: stateOf(rounds, findings),
    findings: findings.toSorted((a, b) => compareSeverity(a.severity, b.severity)),
  };
}

/** What says well enough why no exchange was completed. */
const EXPLAINS = new Set(['server.outage', 'network.captive_portal', 'network.inspected']);
const BLOCKS = new Set(['tls.blocked', 'dns.blocked', 'http.blocked']);
const WEAKENS = new Set(['tls.throttled']);

function stateOf(rounds: readonly RoundFacts[], findings: readonly ProbeFinding[]): NetworkState {
  const bad = findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  const has = (id: string): boolean => findings.some((finding) => finding.id === id);
  if (bad.some(({ id }) => !BLOCKS.has(id) && !WEAKENS.has(id))) return 'tampered';
  if (bad.some(({ id }) => BLOCKS.has(id))) return 'blocked';
  if (has('network.inspected')) return 'inspected';
  if (has('network.captive_portal')) return 'captive';
  if (bad.length > 0) return 'degraded';
  // The last round says how it is now.
  if (rounds.at(-1)?.verified !== true) return 'unknown';
  return findings.some(({ severity }) => isAtLeast(severity, 'low')) ? 'degraded' : 'clean';
}
