import type { Appraisal, Score, Severity } from '@vedette/contracts';
import { type Html, html } from './html.ts';

/** The score of both axes as the parts they are made of: one bar of all parts, then a row for each. */
export function scoreSection({ score, findings, suppression }: Appraisal): Html {
  const known = new Map(findings.map(({ ruleId, title, severity }) => [ruleId, { title, severity }]));
  return html`<section><h2>How the score comes about</h2>
<p>Two scores from 0 to 100, each the plain sum of the findings that weigh on it. Malice asks whether the app means harm; data risk asks whether data is safe with it.</p>
${axis('Malice', score.malice, known)}${axis('Data risk', score.dataRisk, known)}${
  suppression === undefined || suppression.suppressed === 0
    ? null
    : html`<p class="warn">${suppression.suppressed} findings were accepted by decision and do not count. With them the verdict is <strong>${suppression.without.verdict}</strong>, malice ${suppression.without.malice}, data risk ${suppression.without.dataRisk}.</p>`
}${(suppression?.warnings ?? []).map((warning) => html`<p class="warn">${warning}</p>`)}</section>
`;
}

type Known = ReadonlyMap<string, { readonly title: string; readonly severity: Severity }>;

function axis(name: string, { value, parts }: Score, known: Known): Html {
  let sum = 0;
  const steps = parts.map(({ ruleId, ruleVersion, weight }) => {
    const from = Math.min(100, sum);
    sum = Math.round((sum + weight) * 100) / 100;
    const severity = known.get(ruleId)?.severity ?? 'info';
    return {
      ruleId,
      ruleVersion,
      weight,
      from,
      to: Math.min(100, sum),
      severity,
      title: known.get(ruleId)?.title ?? ruleId,
    };
  });
  const rows = steps.map(
    ({ ruleId, ruleVersion, weight, from, to, severity, title }) =>
      html`<tr><td class="number">+${weight}</td><td class="bar"><svg class="step" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="${severity}" x="${from}" width="${Math.max(0.6, to - from)}" height="8"/></svg></td><td>${title}<br><code class="soft">${ruleId} v${ruleVersion}</code></td></tr>
`,
  );
  return html`<h3 class="total">${name}: ${value} of 100</h3>
<svg class="whole" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${name} ${value} of 100, from ${parts.length} findings"><rect class="track" width="100" height="10"/>${steps.map(
    ({ from, to, severity, title, weight }) =>
      html`<rect class="${severity}" x="${from}" width="${Math.max(0, to - from - 0.25)}" height="10"><title>+${weight} ${title}</title></rect>`,
  )}</svg>
${
  parts.length === 0
    ? html`<p class="soft">No finding weighs on this axis.</p>`
    : html`<table><thead><tr><th class="number">adds</th><th>from 0 to 100</th><th>because</th></tr></thead><tbody>${rows}</tbody></table>
<p class="soft">${parts.map(({ weight }) => String(weight)).join(' + ')} = ${sum}${sum > 100 ? ', and the scale ends at 100' : ''}</p>`
}
`;
}
