import type { Appraisal } from '@vedette/contracts';
import { shortened } from '../text/printable.ts';
import { type Html, html } from './html.ts';
import { folded } from './inventory-sections.ts';

/** What was looked at and what was not, what the readers noticed, and how anybody checks the report. */
export function coverageSection({ coverage, diagnostics, engine, indicators }: Appraisal): Html {
  const held =
    indicators === undefined
      ? 'It was held against no list of indicators, so what others know of it was not asked.'
      : `It was held against ${indicators.total.toLocaleString('en')} indicators of ${indicators.lists.length} lists.`;
  const whole = coverage.stages.filter(({ status }) => status === 'complete').length;
  const ran = coverage.counts['rulesRun'];
  const missed = coverage.counts['rulesNotRun'] ?? 0;
  return html`<section><h2>What was looked at</h2>
<p>${whole} of ${coverage.stages.length} steps were done completely${ran === undefined ? '' : `; ${ran} rules ran${missed === 0 ? '' : `, ${missed} had nothing to look at`}`}. Never looked at: what native libraries do, what the app does when it runs, what its servers answer. ${held}</p>
${folded(
  `Steps: ${coverage.stages.length}`,
  ['step', 'state', 'detail'],
  coverage.stages.map(({ stage, status, detail }) => [shortened(stage, 100), status, shortened(detail, 500)]),
)}
${folded(
  `Noticed while reading: ${diagnostics.length}`,
  ['what', 'where', 'id'],
  diagnostics.map(({ level, message, where, id }) => [
    `${level}: ${shortened(message, 500)}`,
    where === undefined ? '' : html`<code>${shortened(where, 300)}</code>`,
    html`<code>${id}</code>`,
  ]),
)}
<h2>How to check this report</h2>
<p>The scores are sums and the verdict follows from them and from the findings by fixed rules. Write the same report as JSON and let it be recomputed line by line:</p>
<p><code>vedette scan FILE --format json --output report.json</code><br><code>vedette explain report.json</code></p>
<p class="soft">Written by ${engine.name} ${engine.version} with ${engine.rules} rules. Nothing of the app was run, and nothing it names was contacted.</p></section>
`;
}
