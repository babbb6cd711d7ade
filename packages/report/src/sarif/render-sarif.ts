import type { Appraisal, Finding } from '@vedette/contracts';
import { sha256Hex } from '../text/digest.ts';
import { printable, shortened } from '../text/printable.ts';
import { stablePlace } from '../text/stable-place.ts';
import { APP_ROOT, createArtifacts } from './artifacts.ts';
import { codeFlowsOf } from './code-flows.ts';
import { locationOf } from './location.ts';
import { levelOf, ruleOf } from './rule.ts';
import type { SarifLog, SarifNotification, SarifResult, SarifRun } from './sarif-log.ts';
import { createTaxonomies } from './taxonomies.ts';

/** What GitHub takes: runs of a file, results of a run, locations of a result. Findings come worst first, so the mildest are left out. */
const MOST_RUNS = 20;
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 10;
const MOST_NOTIFICATIONS = 100;

/** The most apps that one log can hold. */
export const MOST_SARIF_RUNS = MOST_RUNS;

/**
 * Appraisals as one SARIF 2.1.0 log, a run for each app: rules with their help, results with places in the app, what was noticed and left out as notifications.
 * Deterministic. Fingerprints depend on the rule, the app and the names of the places, so a result is the same one in the next build.
 * @throws RangeError for more than 20 appraisals: GitHub takes no more runs in a file
 */
export function renderSarif(appraisals: readonly Appraisal[]): string {
  if (appraisals.length > MOST_RUNS)
    throw new RangeError(`a SARIF log holds at most ${MOST_RUNS} apps, these are ${appraisals.length}`);
  const log: SarifLog = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: appraisals.map(runOf),
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(appraisal: Appraisal): SarifRun {
  const { engine, app, file, score, verdict, classes, suppression } = appraisal;
  const findings = appraisal.findings.slice(0, MOST_RESULTS);
  const taxonomies = createTaxonomies(findings);
  const artifacts = createArtifacts(appraisal);
  const suppresses = findings.some(({ suppressed }) => suppressed !== undefined);
  const rules = new Map<string, Finding>();
  for (const finding of findings) if (!rules.has(finding.ruleId)) rules.set(finding.ruleId, finding);
  const ruleIndexes = new Map([...rules.keys()].map((id, index) => [id, index]));
  const weights = weightsOf(appraisal);
  const results = findings.map((finding): SarifResult => {
    const locations = finding.evidence
      .slice(0, MOST_LOCATIONS)
      .map((evidence) => locationOf(evidence, appraisal, artifacts));
    const codeFlows = codeFlowsOf(finding.evidence.slice(0, MOST_LOCATIONS), artifacts);
    return {
      ruleId: finding.ruleId,
      ruleIndex: ruleIndexes.get(finding.ruleId) ?? -1,
      ...kindOf(finding),
      message: { text: messageOf(finding) },
      locations:
        locations.length > 0
          ? locations
          : [{ physicalLocation: { artifactLocation: artifacts.whole, region: { startLine: 1 } } }],
      ...(codeFlows.length === 0 ? {} : { codeFlows }),
      partialFingerprints: { 'vedette/v1': fingerprintOf(finding, appraisal) },
      // Either every result says whether it is suppressed or none does (section 3.27.23).
      ...(suppresses ? { suppressions: suppressionsOf(finding) } : {}),
      properties: {
        severity: finding.severity,
        ruleVersion: finding.ruleVersion,
        weight: weights.get(finding.ruleId) ?? 0,
        placesLeftOut: (finding.evidenceOmitted ?? 0) + Math.max(0, finding.evidence.length - MOST_LOCATIONS),
      },
    };
  });
  const identity = printable(app.package || file.name);
  return {
    tool: {
      driver: {
        name: 'Vedette',
        version: printable(engine.version),
        ...(/^\d+\.\d+\.\d+$/.test(engine.version) ? { semanticVersion: engine.version } : {}),
        rules: [...rules.values()].map((finding) => ruleOf(finding, taxonomies)),
        ...(taxonomies.list.length === 0
          ? {}
          : { supportedTaxonomies: taxonomies.list.map(({ name }, index) => ({ name, index })) }),
      },
    },
    // GitHub tells the runs of one file apart by this.
    automationDetails: { id: `vedette/${app.platform}/${shortened(identity, 200)}/` },
    originalUriBaseIds: {
      [APP_ROOT]: { description: { text: `The root of the archive ${shortened(file.name, 300)}` } },
    },
    artifacts: artifacts.list,
    ...(taxonomies.list.length === 0 ? {} : { taxonomies: taxonomies.list }),
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(appraisal) }],
    results,
    columnKind: 'utf16CodeUnits',
    properties: {
      verdict,
      malice: score.malice.value,
      dataRisk: score.dataRisk.value,
      classes: classes.map((entry) => entry.class),
      package: identity,
      platform: app.platform,
      ...(suppression === undefined
        ? {}
        : { suppressed: suppression.suppressed, withoutSuppression: suppression.without }),
    },
  };
}

/** What each rule adds to both axes together. */
function weightsOf({ score }: Appraisal): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { ruleId, weight } of [...score.malice.parts, ...score.dataRisk.parts])
    weights.set(ruleId, Math.round(((weights.get(ruleId) ?? 0) + weight) * 100) / 100);
  return weights;
}

/** Only `fail` has a level (section 3.27.10). What could not be looked at is `open`; what judges nothing is `informational`. */
function kindOf({ status, severity }: Finding): Pick<SarifResult, 'kind' | 'level'> {
  if (status === 'unknown') return { kind: 'open', level: 'none' };
  if (status === 'ok') return { kind: 'pass', level: 'none' };
  return severity === 'info' ? { kind: 'informational', level: 'none' } : { kind: 'fail', level: levelOf(severity) };
}

function messageOf({ title, description, evidence, evidenceOmitted = 0 }: Finding): string {
  const [first] = evidence;
  const note = first === undefined || first.note === '' ? '' : ` ${shortened(first.note, 300)}.`;
  const more = evidence.length + evidenceOmitted;
  return `${printable(title)}. ${printable(description)}${note}${more > 1 ? ` ${more} places.` : ''}`;
}

function fingerprintOf(finding: Finding, { app }: Appraisal): string {
  const places = finding.evidence.map(stablePlace).sort();
  return sha256Hex([finding.ruleId, app.platform, app.package, ...new Set(places)].join('\u0000')).slice(0, 32);
}

function suppressionsOf({ suppressed }: Finding): NonNullable<SarifResult['suppressions']> {
  if (suppressed === undefined) return [];
  const by = suppressed.by === undefined ? '' : `, by ${suppressed.by}`;
  const justification = shortened(`${suppressed.reason} (until ${suppressed.until}${by})`, 1_000);
  return [{ kind: 'external', status: 'accepted', justification }];
}

/** What was not looked at whole, what readers noticed, and what is to be known of suppressions. */
function notificationsOf({ coverage, diagnostics, suppression }: Appraisal): SarifNotification[] {
  const stages = coverage.stages
    .filter(({ status }) => status !== 'complete')
    .map(
      ({ stage, status, detail }): SarifNotification => ({
        level: 'warning',
        message: { text: shortened(`${stage}: ${status}. ${detail}`, 500) },
      }),
    );
  const noticed = diagnostics
    .filter(({ level }) => level !== 'note')
    .map(({ id, level, message, where }): SarifNotification => {
      const text = where === undefined ? message : `${where}: ${message}`;
      return {
        level: level === 'error' ? 'error' : 'warning',
        message: { text: shortened(text, 500) },
        descriptor: { id },
      };
    });
  const warned = (suppression?.warnings ?? []).map(
    (text): SarifNotification => ({ level: 'warning', message: { text: shortened(text, 500) } }),
  );
  return [...warned, ...stages, ...noticed].slice(0, MOST_NOTIFICATIONS);
}
