import type { Appraisal, Evidence, Finding } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import { powersOf } from '../plain-words/powers.ts';
import { classWords, verdictWords } from '../plain-words/verdict-words.ts';
import { appTitle, appVersion } from '../text/app-title.ts';
import { evidencePlace } from '../text/evidence-place.ts';
import { reachWords } from '../text/reach-words.ts';
import { markdownCellCode, markdownCode, markdownText } from './escape.ts';

/** GitHub refuses comments of more than 65,536 characters; what is milder is left out first. */
const MOST_CHARACTERS = 60_000;
const SHOWN_PLACES = 5;

/**
 * Appraisals as Markdown for a pull request: the verdict, the scores as a table of their parts, the findings with their places folded. GitHub flavoured Markdown; `details`
 * is the only HTML. Text of the app is code or escaped. At most 60,000 characters, so that it fits a comment.
 */
export function renderMarkdown(appraisals: readonly Appraisal[]): string {
  const room = Math.floor(MOST_CHARACTERS / Math.max(1, appraisals.length));
  return `${appraisals.map((appraisal) => appPart(appraisal, room)).join('\n\n---\n\n')}\n`;
}

function appPart(appraisal: Appraisal, room: number): string {
  const { app, file, verdict, score, classes, suppression, engine } = appraisal;
  const words = verdictWords(verdict);
  const version = appVersion(appraisal);
  const { sensitive } = powersOf(appraisal);
  const head = [
    `## ${words.name}: ${markdownText(appTitle(appraisal), 200)}`,
    `${words.says} ${words.advice}`,
    `${markdownCode(app.package || file.name, 300)}${version === null ? '' : ` ${markdownCode(version, 100)}`}, malice **${score.malice.value}** of 100, data risk **${score.dataRisk.value}** of 100`,
    ...(classes.length === 0 || verdict === 'benign'
      ? []
      : [`Signs of: ${classes.map((entry) => classWords(entry.class)).join(', ')}.`]),
    ...(sensitive.length === 0 ? [] : [`With permission, it can: ${sensitive.join('; ')}.`]),
    scoreTable(appraisal),
    ...(suppression === undefined || suppression.suppressed === 0
      ? []
      : [
          `${suppression.suppressed} findings were accepted by decision and do not count. With them: **${suppression.without.verdict}**, malice ${suppression.without.malice}, data risk ${suppression.without.dataRisk}.`,
        ]),
    ...(suppression?.warnings ?? []).map((warning) => `> ${markdownText(warning)}`),
  ];
  const foot = `<sub>File ${markdownCode(file.name, 200)}, SHA-256 \`${file.sha256}\`; ${engine.name} ${markdownText(engine.version, 30)} with ${engine.rules} rules. Recompute: \`vedette scan FILE --format json\`, then \`vedette explain\`.</sub>`;
  let left = room - head.join('\n\n').length - foot.length - 200;
  const blocks: string[] = [];
  let omitted = 0;
  for (const finding of worstFirst(appraisal.findings)) {
    const block = findingPart(finding);
    if (block.length > left) omitted += 1;
    else blocks.push(block);
    left -= block.length > left ? 0 : block.length + 2;
  }
  const more = omitted === 0 ? [] : [`${omitted} more findings do not fit here; the JSON report has them.`];
  return [...head, ...(blocks.length === 0 ? [] : ['### Findings', ...blocks]), ...more, foot].join('\n\n');
}

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  const accepted = findings.filter(({ suppressed }) => suppressed !== undefined);
  return [...SEVERITIES.flatMap((severity) => counting.filter((one) => one.severity === severity)), ...accepted];
}

function scoreTable({ score, findings }: Appraisal): string {
  const titles = new Map(findings.map(({ ruleId, title }) => [ruleId, title]));
  const rows = [
    ...score.malice.parts.map((part) => ({ ...part, axis: 'malice' })),
    ...score.dataRisk.parts.map((part) => ({ ...part, axis: 'data risk' })),
  ].map(
    ({ axis, weight, ruleId }) =>
      `| ${axis} | +${weight} | ${markdownText(titles.get(ruleId) ?? ruleId, 200)} | ${markdownCellCode(ruleId)} |`,
  );
  if (rows.length === 0) return 'No finding weighs on either score.';
  return ['| score | adds | because | rule |', '|---|--:|---|---|', ...rows].join('\n');
}

function findingPart(finding: Finding): string {
  const { ruleId, severity, status, title, description, remedy, evidence, suppressed } = finding;
  const left = evidence.length - SHOWN_PLACES + (finding.evidenceOmitted ?? 0);
  const mark = suppressed !== undefined ? 'accepted' : status === 'bad' ? severity : status;
  const names = Object.values(finding.mappings ?? {}).flatMap((ids) => ids ?? []);
  return [
    `<details><summary><b>${mark}</b> ${markdownText(title, 300)}</summary>`,
    '',
    markdownText(description),
    ...(suppressed === undefined
      ? []
      : [
          '',
          `Accepted until ${suppressed.until}${suppressed.by === undefined ? '' : ` by ${markdownText(suppressed.by, 200)}`}: ${markdownText(suppressed.reason, 500)}`,
        ]),
    '',
    ...evidence.slice(0, SHOWN_PLACES).map(placePart),
    ...(left > 0 ? [`- and ${left} more places`] : []),
    ...(remedy === undefined ? [] : ['', `**What to do:** ${markdownText(remedy)}`]),
    '',
    `<sub>${markdownCode(ruleId)}${names.length === 0 ? '' : `, ${names.map((name) => markdownText(name, 60)).join(', ')}`}</sub>`,
    '',
    '</details>',
  ].join('\n');
}

function placePart(evidence: Evidence): string {
  const { note } = evidence;
  const reach = reachWords(evidence);
  const runs =
    reach === null ? '' : `; ${reach.words}${reach.from === null ? '' : ` ${markdownCode(reach.from, 200)}`}`;
  return `- ${markdownText(note, 300)}${note === '' ? '' : ': '}${markdownCode(evidencePlace(evidence), 400)}${runs}`;
}
