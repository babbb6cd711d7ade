import type { DeviceEvidence, Finding, Observation, Signal, SignalId } from '@vedette/contracts';
import type { VulnerabilityData } from './vulnerabilities/vulnerability-data.ts';

/** What judging needs besides the evidence. */
export interface JudgeContext {
  /** The present, ISO 8601. Everything is judged as of this time. */
  readonly now: string;
  /** Evidence older than this reads `unknown`. */
  readonly staleAfterHours: number;
  /** An Android patch level, or an available iOS update, older than this is bad. */
  readonly maxPatchAgeDays: number;
  /**
   * Signals the server judges by itself (`apps.appraised`, `agent.contact`, `agent.reports`): given ones are passed through,
   * others read `unknown`.
   */
  readonly serverSignals?: readonly Signal[];
  /** What is known of weaknesses of operating systems, beside the list that comes with this package. */
  readonly vulnerabilities?: VulnerabilityData;
  /** Packages an administrator approved although no store installed them; they are not called sideloaded. */
  readonly approvedPackages?: readonly string[];
}

/** The evidence judging looks at. `facts` name the device; only observations, apps and events are evidence. */
export type JudgedEvidence = Pick<
  DeviceEvidence,
  'facts' | 'observations' | 'apps' | 'appsComplete' | 'events' | 'usage'
>;

/** A signal as judged, with the findings that go with it. */
export interface Verdict {
  readonly signal: Signal;
  readonly findings: readonly Finding[];
}

/** Builds one signal from what was decided and the observation it rests on. */
export function signalOf(
  id: SignalId,
  decided: { readonly status: Signal['status']; readonly value: string; readonly reason?: string | undefined },
  basis: Observation | null,
  now: string,
): Signal {
  const seen = basis === null ? null : (basis.observedAt ?? basis.collectedAt);
  const ageMs = seen === null ? null : Math.max(0, Date.parse(now) - Date.parse(seen));
  return {
    id,
    status: decided.status,
    value: decided.value,
    ...(decided.reason === undefined ? {} : { reason: decided.reason }),
    source: basis?.source ?? null,
    trust: basis?.trust ?? null,
    observedAt: seen,
    ageSeconds: ageMs === null || !Number.isFinite(ageMs) ? null : Math.floor(ageMs / 1000),
    ...(basis?.rawRef === undefined ? {} : { rawRef: basis.rawRef }),
  };
}
