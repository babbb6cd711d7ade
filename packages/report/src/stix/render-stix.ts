import type { Appraisal, ThreatClass } from '@vedette/contracts';
import { appTitle } from '../text/app-title.ts';
import { printable, shortened } from '../text/printable.ts';
import { findingNote } from './finding-note.ts';
import { certificateObservables, fileObservable, hostObservables, softwareObservable } from './observables.ts';
import { bundle, IDENTITY_SINCE, type StixObject, statement, vedetteIdentity } from './stix-object.ts';

const MOST_NOTES = 200;
const RESULTS = { malicious: 'malicious', risky: 'suspicious', benign: 'benign', unknown: 'unknown' } as const;
/** Our classes in the vocabulary `malware-type-ov` (STIX 2.1 section 10.16); those that it has no word for are left out. */
const MALWARE_TYPES: Partial<Record<ThreatClass, string>> = {
  trojan: 'trojan',
  spyware: 'spyware',
  surveillance: 'spyware',
  dropper: 'dropper',
  adware: 'adware',
  ransomware: 'ransomware',
  backdoor: 'backdoor',
};

/**
 * Appraisals as one STIX 2.1 bundle: the file, the app, its certificates and the hosts it names as what was observed; the analysis with its result; a note for each
 * finding with its evidence; a report that holds them together. Malware, indicator and techniques are stated of malicious apps alone: what an honest app names must not
 * end up on a block list. Deterministic for a given time: ids follow from what is said (UUID version 5).
 * @param now ISO 8601, the time of the statement
 * @throws RangeError when `now` is not a date
 */
export function renderStix(appraisals: readonly Appraisal[], { now }: { readonly now: string }): string {
  const time = new Date(now).toISOString();
  return bundle(
    appraisals.flatMap((appraisal) => objectsOf(appraisal, time)),
    time,
  );
}

function objectsOf(appraisal: Appraisal, now: string): StixObject[] {
  const { engine, file, verdict, score, classes, suppression } = appraisal;
  const identity = vedetteIdentity();
  const ours = { created_by_ref: identity.id };
  const sample = fileObservable(appraisal);
  const software = softwareObservable(appraisal);
  const seen = [...certificateObservables(appraisal), ...hostObservables(appraisal)];
  const scores = `Malice ${score.malice.value} of 100, data risk ${score.dataRisk.value} of 100.`;
  const analysis = statement('malware-analysis', `${file.sha256} ${engine.version}`, now, {
    ...ours,
    product: 'vedette',
    version: printable(engine.version),
    analysis_engine_version: printable(engine.version),
    result: RESULTS[verdict],
    ...(classes.length === 0 ? {} : { result_name: classes.map((entry) => entry.class).join(', ') }),
    sample_ref: sample.id,
    analysis_sco_refs: [...new Set([software, ...seen].map(({ id }) => id))],
  });
  const notes = appraisal.findings
    .filter(({ status, severity }) => status !== 'ok' && severity !== 'info')
    .slice(0, MOST_NOTES)
    .map((finding) =>
      statement('note', `${file.sha256} ${engine.version} ${finding.ruleId}`, now, {
        ...ours,
        abstract: shortened(finding.title, 500),
        content: findingNote(finding),
        object_refs: [sample.id, analysis.id],
      }),
    );
  const hostile = verdict === 'malicious' ? malwareObjects(appraisal, now, ours, sample.id, analysis.id) : [];
  const content = [sample, software, ...seen, analysis, ...notes, ...hostile];
  const without =
    suppression === undefined || suppression.suppressed === 0
      ? ''
      : ` ${suppression.suppressed} findings are suppressed; without that the verdict is ${suppression.without.verdict}.`;
  const report = statement('report', `${file.sha256} ${engine.version}`, now, {
    ...ours,
    name: shortened(`Appraisal of ${appTitle(appraisal)}`, 500),
    description: `Verdict ${verdict}. ${scores}${without}`,
    report_types: [verdict === 'malicious' ? 'malware' : 'observed-data'],
    published: now,
    object_refs: [...new Set(content.map(({ id }) => id))],
  });
  return [identity, ...content, report];
}

/** What is stated of a malicious app: that it is malware of some types, how to know it, and by which techniques it works. */
function malwareObjects(
  appraisal: Appraisal,
  now: string,
  ours: { readonly created_by_ref: string },
  sample: string,
  analysis: string,
): StixObject[] {
  const { file, classes } = appraisal;
  const types = [...new Set(classes.flatMap((entry) => MALWARE_TYPES[entry.class] ?? []))];
  const malware = statement('malware', file.sha256, now, {
    ...ours,
    name: shortened(appTitle(appraisal), 300),
    is_family: false,
    malware_types: types.length === 0 ? ['unknown'] : types,
    sample_refs: [sample],
  });
  const indicator = statement('indicator', file.sha256, now, {
    ...ours,
    name: shortened(`The file ${file.name}`, 300),
    indicator_types: ['malicious-activity'],
    pattern: `[file:hashes.'SHA-256' = '${file.sha256}']`,
    pattern_type: 'stix',
    valid_from: now,
  });
  const counting = appraisal.findings.filter(({ status, suppressed }) => status === 'bad' && suppressed === undefined);
  const techniques = [...new Set(counting.flatMap(({ mappings }) => mappings?.attack ?? []))]
    .filter((technique) => /^T\d{4}(?:\.\d{3})?$/.test(technique))
    .sort()
    .map((technique) =>
      statement('attack-pattern', technique, IDENTITY_SINCE, {
        ...ours,
        name: technique,
        external_references: [
          {
            source_name: 'mitre-attack',
            external_id: technique,
            url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`,
          },
        ],
      }),
    );
  const related = (from: string, how: string, to: string): StixObject =>
    statement('relationship', `${from} ${how} ${to}`, now, {
      ...ours,
      relationship_type: how,
      source_ref: from,
      target_ref: to,
    });
  return [
    malware,
    indicator,
    ...techniques,
    related(indicator.id, 'indicates', malware.id),
    related(analysis, 'static-analysis-of', malware.id),
    ...techniques.map(({ id }) => related(malware.id, 'uses', id)),
  ];
}
