import { type Appraisal, compareSeverity, type Evidence, type IndicatorHit, type Observable } from '@vedette/contracts';
import { carriedClasses } from '../classes.ts';
import { statedBy } from '../finding.ts';
import { sumOf } from '../score.ts';
import { verdictOf } from '../verdict.ts';
import {
  FILE_LISTED,
  HOST_LISTED,
  INDICATOR_RULES,
  type IndicatorRule,
  PACKAGE_LISTED,
  SIGNER_LISTED,
} from './indicator-rules.ts';

/** Indicators, as `createIndicatorSet` of the indicators package gives them. */
export interface KnownIndicators {
  match(observable: Observable): readonly IndicatorHit[];
  readonly total: number;
  readonly lists: readonly { readonly name: string }[];
  /** Changes when a list does. */
  readonly digest?: string;
}

const RULE_IDS: ReadonlySet<string> = new Set(INDICATOR_RULES.map(({ id }) => id));
const MAX_LISTS = 500;

/**
 * Holds an appraisal against lists of indicators: the file, its signers, its package, its hosts. What earlier lists said of it is taken out first, so that an
 * appraisal can be judged anew when lists change, without reading the app again. Apply before suppressions.
 */
export function applyIndicators(appraisal: Appraisal, known: KnownIndicators): Appraisal {
  const clean = withoutIndicators(appraisal);
  const { app, file } = clean;
  const found: { readonly rule: IndicatorRule; readonly evidence: readonly Evidence[] }[] = [
    {
      rule: FILE_LISTED,
      evidence: told(known, [{ kind: 'sha256', value: file.sha256 }], (note) => inFile(file.name, note)),
    },
    {
      rule: SIGNER_LISTED,
      evidence: app.signers.flatMap(({ sha256, sha1, subject, issuer }) =>
        told(
          known,
          [
            { kind: 'certificate-sha256', value: sha256 },
            ...(sha1 === undefined ? [] : [{ kind: 'certificate-sha1' as const, value: sha1 }]),
          ],
          (note) => ({ kind: 'certificate', sha256, subject, issuer, note }),
        ),
      ),
    },
    {
      rule: PACKAGE_LISTED,
      evidence:
        app.package === ''
          ? []
          : told(known, [{ kind: 'app', value: app.package }], (note) =>
              inFile(app.platform === 'android' ? 'AndroidManifest.xml' : 'Info.plist', note),
            ),
    },
    {
      rule: HOST_LISTED,
      evidence: app.hosts.flatMap(({ host, from }) =>
        told(known, [{ kind: 'domain', value: host }], (note) => inFile(from, `${host}: ${note}`)).slice(0, 1),
      ),
    },
  ];
  const fired = found.filter(({ evidence }) => evidence.length > 0);
  const parts = fired
    .map(({ rule, evidence }) => ({
      ruleId: rule.id,
      ruleVersion: rule.version,
      weight: weightOf(rule, evidence.length),
      kind: rule.kind,
    }))
    .filter(({ weight }) => weight > 0);
  const malice = [...clean.score.malice.parts, ...parts].sort(
    (a, b) => b.weight - a.weight || (a.ruleId < b.ruleId ? -1 : 1),
  );
  const score = { ...clean.score, malice: { value: sumOf(malice), parts: malice } };
  const findings = [...fired.map(({ rule, evidence }) => statedBy(rule, evidence)), ...clean.findings].sort((a, b) =>
    compareSeverity(a.severity, b.severity),
  );
  return {
    ...clean,
    app: { ...app, hosts: app.hosts.map((host) => withLists(host, known)) },
    verdict: verdictOf(score, findings),
    score,
    classes: withClasses(
      clean.classes,
      fired.map(({ rule }) => rule),
      score.malice,
    ),
    findings,
    indicators: {
      total: known.total,
      lists: known.lists.slice(0, MAX_LISTS).map(({ name }) => name.slice(0, 200)),
      ...(known.digest === undefined ? {} : { digest: known.digest }),
    },
  };
}

/** The appraisal as it is without lists of indicators. */
export function withoutIndicators(appraisal: Appraisal): Appraisal {
  const { indicators, ...rest } = appraisal;
  if (indicators === undefined) return appraisal;
  const parts = rest.score.malice.parts.filter(({ ruleId }) => !RULE_IDS.has(ruleId));
  const score = { ...rest.score, malice: { value: sumOf(parts), parts } };
  const findings = rest.findings.filter(({ ruleId }) => !RULE_IDS.has(ruleId));
  const classes = rest.classes.map(({ class: name, ruleIds }) => ({
    class: name,
    ruleIds: ruleIds.filter((id) => !RULE_IDS.has(id)),
  }));
  return {
    ...rest,
    app: { ...rest.app, hosts: rest.app.hosts.map(unlisted) },
    score,
    findings,
    verdict: verdictOf(score, findings),
    classes: carriedClasses(classes, score.malice),
  };
}

function unlisted(host: Appraisal['app']['hosts'][number]): Appraisal['app']['hosts'][number] {
  const { host: name, cleartext, from, site } = host;
  return { host: name, cleartext, from, ...(site === undefined ? {} : { site }) };
}

function told(
  known: KnownIndicators,
  observables: readonly Observable[],
  evidenceOf: (note: string) => Evidence,
): readonly Evidence[] {
  return observables.flatMap((observable) => known.match(observable)).map((hit) => evidenceOf(noteOf(hit)));
}

function noteOf({ how, indicator, source }: IndicatorHit): string {
  const since = source.at === null ? '' : `, ${source.at.slice(0, 10)}`;
  return `${sourceName(source)} names ${indicator.value.slice(0, 200)} (${how}${since})`.slice(0, 300);
}

function sourceName({ list, name }: IndicatorHit['source']): string {
  return name === null ? list : `${name} in ${list}`;
}

function inFile(path: string, note: string): Evidence {
  return { kind: 'file', path: path.slice(0, 300), note: note.slice(0, 300) };
}

function weightOf({ malice }: IndicatorRule, places: number): number {
  if (malice === undefined) return 0;
  const { base, step = 0, max = base } = malice;
  return Math.min(max, base + step * (places - 1));
}

function withLists(host: Appraisal['app']['hosts'][number], known: KnownIndicators): typeof host {
  const hits = known.match({ kind: 'domain', value: host.host });
  return hits.length === 0
    ? host
    : { ...host, listed: [...new Set(hits.map(({ source }) => sourceName(source)))].slice(0, 10) };
}

function withClasses(
  classes: Appraisal['classes'],
  rules: readonly IndicatorRule[],
  malice: Appraisal['score']['malice'],
): Appraisal['classes'] {
  const listed = rules.map(({ id }) => id);
  if (listed.length === 0) return classes;
  const before = classes.find((one) => one.class === 'denylisted')?.ruleIds ?? [];
  const others = classes.filter((one) => one.class !== 'denylisted');
  return carriedClasses([...others, { class: 'denylisted', ruleIds: [...before, ...listed] }], malice);
}
