import { type Finding, type Signal, SignalId, type ThreatChange, type ThreatDraft } from '@vedette/contracts';
import { appStillOpen } from './app-threats.ts';
import type { AssessInput, LiveThreat } from './assess-input.ts';

/** Rule of the finding that says why a threat stays open although nothing shows it now. */
export const UNCONFIRMED_RULE = 'assessment.unconfirmed';

type Evidence = Finding['evidence'][number];

/** A piece of evidence without what changes from report to report: when it was seen, and words that tell its age. */
function essence(evidence: Evidence): unknown[] {
  switch (evidence.kind) {
    case 'observation':
      return [evidence.kind, evidence.signal, evidence.source, evidence.trust, evidence.value];
    case 'network':
      return [evidence.kind, evidence.network, evidence.host ?? '', evidence.expected ?? '', evidence.seen];
    case 'appraisal':
      return [evidence.kind, evidence.sha256, evidence.package, evidence.verdict];
    case 'file':
    case 'manifest':
    case 'code':
    case 'certificate':
    case 'text':
      return [evidence.kind, ...Object.entries(evidence).sort(([a], [b]) => (a < b ? -1 : 1))];
  }
}

/** What makes a threat the same as before to a person. The order of evidence and its repetition do not count. */
function fingerprint(threat: ThreatDraft): string {
  const findings = threat.findings.map((finding) => [
    finding.ruleId,
    finding.ruleVersion,
    finding.severity,
    finding.status,
    finding.title,
    [...new Set(finding.evidence.map((one) => JSON.stringify(essence(one))))].sort(),
  ]);
  return JSON.stringify([threat.type, threat.title, threat.severity, threat.subject, findings]);
}

function unconfirmed(why: string): Finding {
  return {
    ruleId: UNCONFIRMED_RULE,
    ruleVersion: 1,
    title: 'Not confirmed by the latest evidence',
    severity: 'info',
    status: 'unknown',
    description: `This was seen before and nothing shows that it is gone: ${why}.`,
    evidence: [],
  };
}

function signalOfKey(key: string): SignalId | null {
  const parsed = SignalId.safeParse(key.startsWith('device:') ? key.slice('device:'.length) : '');
  return parsed.success ? parsed.data : null;
}

function reportIsFresh({ contact, policy, now }: AssessInput): boolean {
  if (contact.lastReportAt === null) return false;
  return Date.parse(now) - Date.parse(contact.lastReportAt) <= policy.staleAfterHours * 3_600_000;
}

/** Null when evidence shows that the cause is gone, else why the threat stays open. Called for live threats that nothing shows now. */
function stillOpenBecause(threat: LiveThreat, signals: ReadonlyMap<string, Signal>, input: AssessInput): string | null {
  if (threat.kind === 'app') return threat.subject === null ? null : appStillOpen(threat.subject, input);
  // The events say when a network threat is over, see `networkDrafts`.
  if (threat.kind === 'network') return null;
  const id = signalOfKey(threat.key);
  if (id === null) {
    return reportIsFresh(input) && input.observations.length > 0 ? null : 'there is no recent evidence';
  }
  const signal = signals.get(id);
  if (signal === undefined) return 'there is no evidence';
  return signal.status === 'unknown' ? (signal.reason ?? 'there is no evidence').replace(/\.$/, '') : null;
}

function kept(threat: LiveThreat, why: string): ThreatChange {
  const { state: _state, ...before } = threat;
  const findings = [...before.findings.filter((one) => one.ruleId !== UNCONFIRMED_RULE), unconfirmed(why)];
  const draft = { ...before, findings };
  const change = fingerprint(draft) === fingerprint(before) ? 'unchanged' : 'updated';
  return { change, key: threat.key, draft };
}

/**
 * What happens to a device's threats. Each draft opens, updates or confirms the threat of its key; a live threat without a draft is resolved when evidence shows that its
 * cause is gone, and otherwise stays open with a finding that says why. An ignored threat goes the same way: ignored while present, resolved when gone.
 */
export function threatChanges(
  drafts: readonly ThreatDraft[],
  signals: readonly Signal[],
  input: AssessInput,
): ThreatChange[] {
  const live = new Map(input.liveThreats.map((threat) => [threat.key, threat]));
  const byId = new Map(signals.map((signal) => [signal.id as string, signal]));
  const changes: ThreatChange[] = [];
  for (const draft of drafts) {
    const before = live.get(draft.key);
    if (before === undefined) changes.push({ change: 'opened', key: draft.key, draft });
    else
      changes.push({
        change: fingerprint(before) === fingerprint(draft) ? 'unchanged' : 'updated',
        key: draft.key,
        draft,
      });
    live.delete(draft.key);
  }
  for (const threat of live.values()) {
    const why = stillOpenBecause(threat, byId, input);
    changes.push(why === null ? { change: 'resolved', key: threat.key, draft: null } : kept(threat, why));
  }
  return changes;
}
