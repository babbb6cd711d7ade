import type { DeviceEvidence, Finding, PolicyDocument, ThreatDraft, ThreatState, Verdict } from '@vedette/contracts';
import type { JudgeContext } from '@vedette/posture';
import type { AttestationInput } from './attestation-input.ts';

/** What an appraisal says of one build, as far as a device's assessment needs it. */
export interface AppraisalSummary {
  readonly sha256: string;
  readonly package: string;
  readonly versionName: string | null;
  readonly verdict: Verdict;
  /** 0 to 100. */
  readonly malice: number;
  /** 0 to 100. */
  readonly dataRisk: number;
  /** The findings that weigh most, worst first; a few. */
  readonly topFindings: readonly Finding[];
}

/** How the device's agent keeps in touch. */
export interface AgentContact {
  /** ISO 8601; null: enrolled, never reported. */
  readonly lastReportAt: string | null;
  /** A report is due at least this often, in seconds. */
  readonly reportIntervalSeconds: number;
  /** Sequence numbers that never arrived, in the last seven days. */
  readonly gaps: number;
  /**
   * Refused reports that carried the device's own valid signature (replays, conflicting sequence numbers), in the last seven days. Refusals that anybody on the network can
   * cause are not the device's doing and are not counted.
   */
  readonly refusals: number;
  /** Clock of the device minus clock of the server at the last report, in seconds; null: no report. */
  readonly clockSkewSeconds: number | null;
}

/** A threat that is kept for the device and not resolved. */
export interface LiveThreat extends ThreatDraft {
  readonly state: Exclude<ThreatState, 'resolved'>;
}

/** Everything the assessment of one device looks at. */
export interface AssessInput extends DeviceEvidence {
  /** By SHA-256 of the build. */
  readonly appraisals: ReadonlyMap<string, AppraisalSummary>;
  readonly contact: AgentContact;
  readonly liveThreats: readonly LiveThreat[];
  /** What hardware and platform said of the device. */
  readonly attestation: AttestationInput;
  readonly policy: Pick<PolicyDocument, 'staleAfterHours' | 'maxPatchAgeDays' | 'appThresholds'>;
  /** What the server's lists say of weaknesses of operating systems. */
  readonly vulnerabilities?: JudgeContext['vulnerabilities'];
  /** ISO 8601. */
  readonly now: string;
}
