import type { Host } from '@vedette/bytes';
import {
  type AllowedInspection,
  PROBE_FINDINGS,
  type ProbeFinding,
  type ProbeFindingId,
  type ProbeTarget,
  type Severity,
} from '@vedette/contracts';
import type { RoundFacts } from './read-round.ts';

/** What a verdict depends on besides what was seen. */
export interface VerdictContext {
  readonly target: ProbeTarget;
  /** Name of the network as the agent knows it. */
  readonly network: string | null;
  readonly allowedInspections: readonly AllowedInspection[];
  /** Verifies signatures of certificates. */
  readonly host: Host;
}

/** Looks at all rounds for one kind of tampering. */
export type NetworkRule = (rounds: readonly RoundFacts[], context: VerdictContext) => readonly ProbeFinding[];

export type ProbeEvidence = ProbeFinding['evidence'][number];

export const evidence = (observation: string, text: string): ProbeEvidence => ({
  observation: observation.slice(0, 100),
  text: text.slice(0, 1_000),
});

const REMEDY: Readonly<Record<string, string>> = {
  tls: 'Leave this network, or use it through the VPN only. Do not sign in anywhere and do not accept certificates.',
  http: 'Leave this network, or use it through the VPN only. Do not install what it offers.',
  dns: 'Leave this network, or use it through the VPN only. A private DNS provider does not help where the network itself lies.',
  lan: 'Leave this network. Somebody in it passes for its router.',
  wifi: 'Leave this network. Forget it, and join it again where you know the access point.',
  proxy: 'Remove the proxy in the settings of this network unless your organisation set it.',
  vpn: 'Disconnect this VPN unless your organisation set it.',
};
/** ATT&CK for Mobile: Adversary-in-the-Middle. */
const IN_THE_MIDDLE = 'T1638';

/** Writes a finding; its severity is the highest of its kind unless `severity` says less. */
export function conclude(
  id: ProbeFindingId,
  confidence: ProbeFinding['confidence'],
  title: string,
  found: readonly ProbeEvidence[],
  severity: Severity = PROBE_FINDINGS[id],
): ProbeFinding {
  const bad = severity === 'high' || severity === 'medium' || severity === 'critical';
  return {
    id,
    severity,
    confidence,
    title: title.slice(0, 300),
    evidence: found.slice(0, 40),
    technique: bad ? IN_THE_MIDDLE : null,
    remedy: bad ? (REMEDY[id.split('.', 1)[0] ?? ''] ?? null) : null,
  };
}

/** How sure one is of what was seen so many times. */
export const confidenceOf = (times: number): ProbeFinding['confidence'] => (times > 1 ? 'confirmed' : 'likely');
