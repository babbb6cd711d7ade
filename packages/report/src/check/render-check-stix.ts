import type { EvidenceRecord, Finding } from '@vedette/contracts';
import { findingNote } from '../stix/finding-note.ts';
import { bundle, observable, type StixObject, statement, vedetteIdentity } from '../stix/stix-object.ts';
import { printable, shortened } from '../text/printable.ts';
import { phoneName } from './phone-words.ts';
import { recordObservables } from './record-observables.ts';
import type { AnsweredCheck } from './render-check-html.ts';

const MOST_NOTES = 500;

/**
 * Checks as one STIX 2.1 bundle: the system of the phone, what was observed in the records that findings rest on, a note for each finding with its evidence, a report that
 * holds them together. Nothing is stated to be an indicator: what stands in somebody's phone is no block list. Deterministic for a given time.
 * @param now ISO 8601, the time of the statement
 * @throws RangeError when `now` is not a date
 */
export function renderCheckStix(checks: readonly AnsweredCheck[], { now }: { readonly now: string }): string {
  const time = new Date(now).toISOString();
  return bundle(
    checks.flatMap((one) => objectsOf(one, time)),
    time,
  );
}

function objectsOf({ check, answer }: AnsweredCheck, now: string): StixObject[] {
  const { device, input, engine } = check;
  const identity = vedetteIdentity();
  const ours = { created_by_ref: identity.id };
  const system = observable(
    'software',
    {
      name: device.platform === 'ios' ? 'iOS' : 'Android',
      ...(device.manufacturer === null ? {} : { vendor: shortened(device.manufacturer, 200) }),
      ...(device.osVersion === null ? {} : { version: shortened(device.osVersion, 100) }),
    },
    ['name', 'vendor', 'version'],
  );
  const about = `${input.path} ${input.collectedAt ?? ''} ${device.build ?? ''} ${engine.version}`;
  const records = new Map((check.timeline ?? []).map((record) => [record.rawRef, record]));
  const wrong = check.findings.filter(({ status, severity }) => status !== 'ok' && severity !== 'info');
  const content = wrong.slice(0, MOST_NOTES).flatMap((finding, index) => {
    const seen = recordsOf(finding, records).flatMap((record) =>
      observed(record, `${about} ${record.rawRef}`, input.collectedAt ?? now, now, ours),
    );
    const subjects = seen.filter(({ type }) => type === 'observed-data').map(({ id }) => id);
    const note = statement('note', `${about} ${finding.ruleId} ${index}`, now, {
      ...ours,
      abstract: shortened(finding.title, 500),
      content: findingNote(finding),
      object_refs: subjects.length === 0 ? [system.id] : [...new Set(subjects)],
    });
    return [...seen, note];
  });
  const report = statement('report', about, now, {
    ...ours,
    name: shortened(`Check of ${phoneName(device)}`, 500),
    description: printable(answer),
    report_types: ['observed-data'],
    published: now,
    object_refs: [...new Set([system, ...content].map(({ id }) => id))],
  });
  return [identity, system, ...content, report];
}

function recordsOf({ evidence }: Finding, records: ReadonlyMap<string, EvidenceRecord>): EvidenceRecord[] {
  return evidence.flatMap((one) => {
    const record = one.kind === 'text' ? records.get(one.source) : undefined;
    return record === undefined ? [] : [record];
  });
}

function observed(
  record: EvidenceRecord,
  name: string,
  otherwise: string,
  now: string,
  ours: { readonly created_by_ref: string },
): StixObject[] {
  const objects = record.observables.flatMap(recordObservables);
  if (objects.length === 0) return [];
  const at = new Date(record.at ?? otherwise).toISOString();
  return [
    ...objects,
    statement('observed-data', name, now, {
      ...ours,
      first_observed: at,
      last_observed: at,
      number_observed: 1,
      object_refs: [...new Set(objects.map(({ id }) => id))],
    }),
  ];
}
