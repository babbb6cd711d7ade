import type { EvidenceRecord } from '@vedette/contracts';
import type { DeviceRule } from '../rules.ts';

/** A rule about one kind of record in the evidence: a row of a database, a line of a log. It looks at one record at a time. */
export interface ArtefactRule extends DeviceRule {
  /** `device.artefact.<name>`. */
  readonly id: `device.artefact.${string}`;
  /** The artefacts that it looks at, as `EvidenceRecord.artefact` names them. */
  readonly artefacts: readonly string[];
  /** @returns what is to be seen there, in a few words; null where nothing is. */
  test(record: EvidenceRecord): string | null;
  /** A record that it must speak of, and one of the same artefact that it must not. */
  readonly fixtures: { readonly bad: EvidenceRecord; readonly good: EvidenceRecord };
}

/** Builds a record for a rule's fixture. */
export function fixtureRecord(
  artefact: string,
  fields: Readonly<Record<string, string>>,
  observables: EvidenceRecord['observables'] = [],
): EvidenceRecord {
  return {
    artefact,
    text: 'a record of a fixture',
    at: '2026-11-01T08:00:00.000Z',
    rawRef: 'fixture:1',
    fields: { ...fields },
    observables,
  };
}
