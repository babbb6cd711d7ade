import type { Appraisal, Evidence, Finding } from '@vedette/contracts';
import { SEVERITIES } from '@vedette/contracts/vocabulary';
import { evidencePlace } from '../text/evidence-place.ts';
import { shortened } from '../text/printable.ts';
import { reachLine } from '../text/reach-words.ts';
import { type Html, html } from './html.ts';

/** All findings, worst first; what somebody decided not to count stands apart at the end. The grave ones are open when the page is. */
export function findingsSection({ findings }: Pick<Appraisal, 'findings'>, of: 'app' | 'evidence' = 'app'): Html {
  const counting = findings.filter(({ suppressed }) => suppressed === undefined);
  const accepted = findings.filter(({ suppressed }) => suppressed !== undefined);
  const groups = SEVERITIES.map((severity) => counting.filter((finding) => finding.severity === severity));
  return html`<section><h2>Findings</h2>
${findings.length === 0 ? html`<p>None of the rules found anything.</p>` : html`<p class="soft">Open a finding for why it matters, the places in the ${of} that show it, and what to do.</p>`}
${groups.map((group) => group.map(findingBlock))}
${accepted.length === 0 ? null : html`<h3>Accepted by decision: these do not count</h3>${accepted.map(findingBlock)}`}</section>
`;
}

function findingBlock(finding: Finding): Html {
  const { ruleId, ruleVersion, title, severity, status, description, remedy, evidence, suppressed } = finding;
  const names = Object.values(finding.mappings ?? {}).flatMap((ids) => ids ?? []);
  const grave = suppressed === undefined && status === 'bad' && (severity === 'critical' || severity === 'high');
  const chip = status === 'unknown' ? 'unknown' : status === 'ok' ? 'ok' : severity;
  const left = finding.evidenceOmitted ?? 0;
  const body = html`<div><p>${description}</p>
${
  suppressed === undefined
    ? null
    : html`<p class="warn">Accepted until ${suppressed.until}${suppressed.by === undefined ? '' : ` by ${suppressed.by}`}: ${suppressed.reason}</p>`
}${evidence.length === 0 ? null : html`<ul class="places">${evidence.map(place)}${left === 0 ? null : html`<li class="soft">and ${left} more places</li>`}</ul>`}
${remedy === undefined ? null : html`<p class="remedy">What to do: ${remedy}</p>`}
<p class="soft"><code>${ruleId}</code> version ${ruleVersion}${names.length === 0 ? '' : `; ${names.join(', ')}`}</p></div>`;
  const head = html`<summary><span class="chip ${chip}">${chip}</span> <span class="title">${title}</span></summary>`;
  return grave ? html`<details open>${head}${body}</details>\n` : html`<details>${head}${body}</details>\n`;
}

function place(evidence: Evidence): Html {
  const reach = reachLine(evidence);
  return html`<li><span class="note name">${shortened(evidence.note, 500)}</span><code>${shortened(evidencePlace(evidence), 700)}</code>${reach === null ? null : html`<span class="note soft name">${shortened(reach, 900)}</span>`}</li>`;
}
