import type { AttestationStanding, Finding, Signal, ThreatChange, ThreatDraft } from '@vedette/contracts';
import { judge } from '@vedette/posture';
import { contactSignal, reportsSignal } from './agent-signals.ts';
import { appDrafts, appraisedSignal } from './app-threats.ts';
import type { AssessInput } from './assess-input.ts';
import { judgeAttestation } from './attestation-signal.ts';
import { deviceDrafts } from './device-threats.ts';
import { networkDrafts, standingEvents } from './network-threats.ts';
import { threatChanges } from './threat-changes.ts';

/** The state of one device, and what happened to its threats. */
export interface Assessment {
  /** Every signal of the catalogue. */
  readonly signals: Signal[];
  /** Findings about the device; those of apps and networks are in the drafts. */
  readonly findings: Finding[];
  /** The threats that evidence shows now, at most one per key. */
  readonly drafts: ThreatDraft[];
  /** How the device stands by what hardware said of it. */
  readonly attestation: AttestationStanding;
  /** One per draft and one per live threat. */
  readonly changes: ThreatChange[];
}

function distinct(drafts: readonly ThreatDraft[]): ThreatDraft[] {
  return [...new Map(drafts.map((draft) => [draft.key, draft])).values()];
}

/**
 * Judges one device: signals and findings by `posture`, the signals only the server can judge here (`integrity.attestation`, `apps.appraised`, `agent.contact`, `agent.reports`), then threats from
 * findings, appraised apps and network events. A pure function of its input.
 */
export function assess(input: AssessInput): Assessment {
  const contact = contactSignal(input);
  const reports = reportsSignal(input);
  const attestation = judgeAttestation(input.attestation, input.now);
  const judged = judge(
    {
      ...input,
      observations: [...input.observations, ...attestation.observations],
      events: standingEvents(input),
    },
    {
      now: input.now,
      staleAfterHours: input.policy.staleAfterHours,
      maxPatchAgeDays: input.policy.maxPatchAgeDays,
      ...(input.vulnerabilities === undefined ? {} : { vulnerabilities: input.vulnerabilities }),
      serverSignals: [attestation.signal, appraisedSignal(input), contact.signal, reports.signal],
    },
  );
  const findings = [...judged.findings, ...attestation.findings, ...contact.findings, ...reports.findings];
  const onNetworks = networkDrafts(input);
  // Tampering seen on a named network is one threat per network; the finding about the device stands for it only where no network is known.
  const aboutDevice = deviceDrafts(findings).filter(
    (draft) => onNetworks.length === 0 || draft.key !== 'device:network.tampering',
  );
  const drafts = distinct([...aboutDevice, ...appDrafts(input), ...onNetworks]);
  return {
    signals: judged.signals,
    findings,
    drafts,
    attestation: attestation.standing,
    changes: threatChanges(drafts, judged.signals, input),
  };
}
