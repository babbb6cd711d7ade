import {
  type CheckResult,
  compareSeverity,
  type DeviceEvidence,
  type Diagnostic,
  type EvidenceRecord,
  type Finding,
  type Parsed,
} from '@vedette/contracts';
import { usageCurves } from './anomaly/usage-curves.ts';
import { judge } from './judge.ts';
import type { JudgeContext } from './verdict.ts';

/** What reading evidence yields (`readDeviceEvidence` of the forensics package): null when there was nothing to read. */
export interface CheckedEvidence {
  readonly kind: CheckResult['input']['kind'];
  readonly evidence: DeviceEvidence;
  readonly collectedAt: string | null;
  /** The timeline, by time. */
  readonly records?: readonly EvidenceRecord[];
  readonly recordsOmitted?: number;
  readonly parts?: CheckResult['input']['parts'];
}

export interface CheckContext extends JudgeContext {
  /** How the input is named in the result: the path or name the person gave. */
  readonly path: string;
  /** Version of this software. */
  readonly engineVersion: string;
  /**
   * `collection` (default): the phone is judged as it was when the evidence was collected, so that an old bug report is
   * still read, and a note tells its age. `now`: as of `context.now`, where old evidence is stale.
   */
  readonly asOf?: 'collection' | 'now';
  /** What judging the records found (`createRecordJudge`); read after the evidence was read to its end. */
  readonly recordFindings?: () => readonly Finding[];
  /** What the records were held against. */
  readonly indicators?: NonNullable<CheckResult['indicators']>;
}

/** Most records in a report; the rest is counted. */
export const MAX_TIMELINE = 20_000;

/**
 * Checks one device from collected evidence, away from any server: what `vedette check` prints.
 * @returns null when the evidence was none (the diagnostics of `parsed` say why)
 */
export function checkDevice(parsed: Parsed<CheckedEvidence | null>, context: CheckContext): CheckResult | null {
  const { value, diagnostics } = parsed;
  if (value === null) return null;
  const { path, engineVersion, asOf = 'collection', recordFindings, indicators, ...given } = context;
  const notes: Diagnostic[] = [...diagnostics];
  const now = asOf === 'collection' && value.collectedAt !== null ? value.collectedAt : context.now;
  const ageHours =
    value.collectedAt === null ? 0 : (Date.parse(context.now) - Date.parse(value.collectedAt)) / 3_600_000;
  if (ageHours > context.staleAfterHours) {
    notes.push({
      id: 'evidence.old',
      level: 'warning',
      message: `The evidence is ${Math.round(ageHours / 24)} days old; the phone may have changed since. It is judged as of ${now.slice(0, 10)}.`,
    });
  } else if (ageHours < -24) {
    notes.push({
      id: 'evidence.future',
      level: 'warning',
      message: 'The evidence is dated in the future: the clock of the phone or of this computer is wrong.',
    });
  }
  const { signals, findings } = judge(value.evidence, { ...given, now });
  findings.push(...(recordFindings?.() ?? []));
  findings.sort((a, b) => compareSeverity(a.severity, b.severity));
  const usage = usageCurves(value.evidence.usage ?? [], value.evidence.apps, now);
  const { records = [], recordsOmitted = 0, parts } = value;
  // An analyst looks at the last days first: of too many records the oldest are left out.
  const timeline = records.slice(Math.max(0, records.length - MAX_TIMELINE));
  return {
    schema: 'vedette.check/1',
    engine: { name: 'vedette', version: engineVersion },
    input: { path, kind: value.kind, collectedAt: value.collectedAt, ...(parts === undefined ? {} : { parts }) },
    device: value.evidence.facts,
    signals,
    findings,
    apps: value.evidence.apps,
    ...(records.length === 0 ? {} : { timeline, timelineOmitted: recordsOmitted + records.length - timeline.length }),
    ...(usage.length === 0 ? {} : { usage: [...usage] }),
    ...(indicators === undefined ? {} : { indicators }),
    diagnostics: notes,
  };
}
