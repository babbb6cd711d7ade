import type { Appraisal, Diagnostic, Finding } from '@vedette/contracts';
import { compareSeverity } from '@vedette/contracts/vocabulary';
import type { AppImage } from '@vedette/program';
import { appFacts } from './app-facts.ts';
import { classesOf } from './classes.ts';
import { coverageFindings } from './coverage-findings.ts';
import { toFinding } from './finding.ts';
import { packedCoverage } from './packed-coverage.ts';
import { createReachMarker } from './reach.ts';
import type { Rule } from './rule.ts';
import { createRuleContext } from './rule-context.ts';
import { RULES } from './rules/index.ts';
import { type FiredRule, scoreOf } from './score.ts';
import { sourceStates } from './sources.ts';
import { verdictOf } from './verdict.ts';

export interface AppraiseOptions {
  /** Version of the engine, printed in the result. */
  readonly version: string;
  /** Date the certificates' validity is judged at, ISO 8601. */
  readonly now: string;
  /** Diagnostics of reading that are not in the image, e.g. of the file around it. */
  readonly readDiagnostics?: readonly Diagnostic[];
  /** Called before each rule. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly rule: string }) => void;
  /** Rules to run instead of all; for tests and for what-if. */
  readonly rules?: readonly Rule[];
}

/**
 * Appraises one app: runs every rule whose sources could be read, adds up the two scores and gives the verdict.
 * Pure and deterministic: the same image and options give the same result. Never throws on the content of an app;
 * a rule that throws is a defect of ours and becomes a finding `unknown`, so that it cannot pass for innocence.
 * @throws RangeError when `options.now` is not a date
 */
export function appraise(image: AppImage, options: AppraiseOptions): Appraisal {
  if (Number.isNaN(Date.parse(options.now)))
    throw new RangeError(`options.now is not an ISO 8601 date: ${options.now}`);
  const rules = (options.rules ?? RULES).filter(
    ({ id }) => id.startsWith(`${image.platform}.`) || id.startsWith('file.'),
  );
  const states = sourceStates(image);
  const runnable = rules.filter((rule) => rule.needs.every((source) => states[source].state !== 'unreadable'));
  const ctx = createRuleContext(withDiagnostics(image, options.readDiagnostics ?? []), options.now);
  const markReach = createReachMarker(image);

  const fired: FiredRule[] = [];
  const findings: Finding[] = coverageFindings(image, rules, states);
  const diagnostics: Diagnostic[] = [...ctx.image.diagnostics];
  for (const [done, rule] of runnable.entries()) {
    options.onProgress?.({ done, total: runnable.length, rule: rule.id });
    try {
      const found = rule.run(ctx.image, ctx);
      if (found === null || found.evidence.length === 0) continue;
      const hit = markReach(rule, found);
      fired.push({ rule, hit });
      findings.push(toFinding(rule, hit));
    } catch (error) {
      const message = `Rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`;
      diagnostics.push({ id: 'appraisal.rule-failed', level: 'error', message });
      findings.push({ ...toFinding(rule, { evidence: [] }), status: 'unknown', description: message });
    }
  }
  findings.push(...packedCoverage(fired));
  diagnostics.push(...ctx.diagnostics());

  const score = { malice: scoreOf(fired, 'malice'), dataRisk: scoreOf(fired, 'dataRisk') };
  const app = appFacts(image, ctx);
  return {
    schema: 'vedette.appraisal/1',
    engine: { name: 'vedette', version: options.version, rules: rules.length },
    file: fileFacts(image),
    app,
    verdict: verdictOf(score, findings),
    score,
    classes: classesOf(
      fired.map(({ rule }) => rule),
      score.malice,
    ),
    findings: sorted(findings, [...score.malice.parts, ...score.dataRisk.parts]),
    coverage: {
      stages: [...image.stages],
      counts: countsOf(image, {
        rulesRun: runnable.length,
        rulesNotRun: rules.length - runnable.length,
        rulesFired: fired.length,
        hosts: app.hosts.length,
      }),
    },
    diagnostics,
  };
}

const MAX_PARTS = 200;

/** The file, and for sets and bundles what is in it. */
function fileFacts({ file, container, parts }: AppImage): Appraisal['file'] {
  if (parts.length < 2 && container !== 'apk-set') return { ...file, container };
  const listed = parts.slice(0, MAX_PARTS).map(({ path, role, size, sha256 }) => ({ path, role, size, sha256 }));
  return { ...file, container, parts: listed };
}

/** The image with further diagnostics. Those it has already are not repeated: they would count twice as evidence. */
function withDiagnostics(image: AppImage, more: readonly Diagnostic[]): AppImage {
  const known = new Set(image.diagnostics.map(keyOf));
  const added = more.filter((diagnostic) => !known.has(keyOf(diagnostic)));
  return added.length === 0 ? image : { ...image, diagnostics: [...image.diagnostics, ...added] };
}

function keyOf({ id, where, offset, message }: Diagnostic): string {
  return JSON.stringify([id, where, offset, message]);
}

/** Worst first; among equals what weighs more on both axes together, then by id. */
function sorted(findings: readonly Finding[], parts: readonly { ruleId: string; weight: number }[]): Finding[] {
  const weights = new Map<string, number>();
  for (const { ruleId, weight } of parts) weights.set(ruleId, (weights.get(ruleId) ?? 0) + weight);
  return [...findings].sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      (weights.get(b.ruleId) ?? 0) - (weights.get(a.ruleId) ?? 0) ||
      (a.ruleId < b.ruleId ? -1 : 1),
  );
}

function countsOf(image: AppImage, more: Readonly<Record<string, number>>): Record<string, number> {
  const sum = (pick: (dex: AppImage['code']['dexFiles'][number]) => number): number =>
    image.code.dexFiles.reduce((total, dex) => total + pick(dex), 0);
  return {
    entries: image.entries.length,
    dexFiles: image.code.dexFiles.length,
    classes: sum((dex) => dex.classes),
    methods: sum((dex) => dex.methods),
    strings: sum((dex) => dex.strings),
    components: image.manifest?.components.length ?? 0,
    permissions: image.manifest?.permissions.length ?? 0,
    ...more,
  };
}
