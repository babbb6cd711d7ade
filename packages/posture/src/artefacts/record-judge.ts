import { compareSeverity, type EvidenceRecord, type Finding, type IndicatorHit } from '@vedette/contracts';
import type { DeviceRule } from '../rules.ts';
import type { ArtefactRule } from './artefact-rule.ts';

/** Most pieces of evidence in one finding; the rest is counted. */
const MAX_EVIDENCE = 20;

/** Says which indicators name something in a record; `createIndicatorSet` of the indicators package makes one. */
export type MatchIndicators = (observables: EvidenceRecord['observables']) => readonly IndicatorHit[];

interface Hits {
  readonly places: { record: EvidenceRecord; note: string }[];
  omitted: number;
}

/** What a list of known bad things names is the strongest statement that files alone can give. */
const INDICATOR_RULE: DeviceRule = {
  version: 1,
  title: 'The evidence holds something that a list of indicators names',
  severity: 'critical',
  description:
    'Somebody published this as part of an attack or of spyware. A name can also stand in the evidence because a person looked it up.',
  remedy: 'Keep the device and its evidence as they are, and have an analyst look at the place named.',
};

/** Judges records one at a time, in bounded memory, however many there are. */
export interface RecordJudge {
  /** @returns true when the record is evidence of a finding */
  see(record: EvidenceRecord): boolean;
  /** The findings so far, worst first. Times of records are read now, not when they were seen. */
  findings(): Finding[];
}

/**
 * @param rules each is tried on the records of its artefacts
 * @param match the indicators to hold against each record; left out, none are
 */
export function createRecordJudge(rules: readonly ArtefactRule[], match?: MatchIndicators): RecordJudge {
  const byArtefact = new Map<string, ArtefactRule[]>();
  for (const rule of rules) {
    for (const artefact of rule.artefacts) byArtefact.set(artefact, [...(byArtefact.get(artefact) ?? []), rule]);
  }
  const byRule = new Map<ArtefactRule, Hits>();
  const byList = new Map<string, Hits>();

  return {
    see(record) {
      let kept = false;
      for (const rule of byArtefact.get(record.artefact) ?? []) {
        const note = rule.test(record);
        if (note !== null) kept = keep(byRule, rule, record, note) || kept;
      }
      for (const hit of record.observables.length === 0 ? [] : (match?.(record.observables) ?? [])) {
        kept = keep(byList, listName(hit), record, hitNote(hit)) || kept;
      }
      return kept;
    },
    findings() {
      const ofRules = [...byRule].map(([rule, hits]) => findingOf(rule.id, rule, rule.title, hits));
      const ofLists = [...byList].map(([list, hits]) =>
        findingOf('device.indicator', INDICATOR_RULE, `${list}: the evidence holds what this list names`, hits),
      );
      return [...ofRules, ...ofLists].sort(
        (a, b) => compareSeverity(a.severity, b.severity) || (a.ruleId + a.title < b.ruleId + b.title ? -1 : 1),
      );
    },
  };
}

function keep<K>(map: Map<K, Hits>, key: K, record: EvidenceRecord, note: string): boolean {
  const hits = map.get(key) ?? { places: [], omitted: 0 };
  map.set(key, hits);
  if (hits.places.length >= MAX_EVIDENCE) {
    hits.omitted += 1;
    return false;
  }
  hits.places.push({ record, note });
  return true;
}

function listName({ source }: IndicatorHit): string {
  return source.name === null ? source.list : `${source.name} (${source.list})`;
}

function hitNote({ observable, indicator, how }: IndicatorHit): string {
  return `${observable.kind} ${observable.value.slice(0, 200)}: the list names ${indicator.value.slice(0, 200)} (${how})`;
}

function findingOf(id: string, rule: DeviceRule, title: string, { places, omitted }: Hits): Finding {
  return {
    ruleId: id,
    ruleVersion: rule.version,
    title,
    severity: rule.severity,
    status: 'bad',
    description: rule.description,
    remedy: rule.remedy,
    evidence: places.map(({ record, note }) => ({
      kind: 'text' as const,
      source: record.rawRef,
      text: record.text,
      note: record.at === null ? note : `${note}; ${record.at}`,
    })),
    ...(omitted > 0 ? { evidenceOmitted: omitted } : {}),
    ...(rule.mappings === undefined
      ? {}
      : {
          mappings: {
            ...(rule.mappings.attack === undefined ? {} : { attack: [...rule.mappings.attack] }),
            ...(rule.mappings.nist === undefined ? {} : { nist: [...rule.mappings.nist] }),
          },
        }),
  };
}
