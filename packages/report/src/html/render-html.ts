import type { Appraisal } from '@vedette/contracts';
import { appTitle } from '../text/app-title.ts';
import { shortened } from '../text/printable.ts';
import { headSection, powersSection } from './app-section.ts';
import { coverageSection } from './coverage-section.ts';
import { findingsSection } from './findings-section.ts';
import { type Html, html } from './html.ts';
import { inventorySections } from './inventory-sections.ts';
import { page } from './page.ts';
import { scoreSection } from './score-section.ts';

/** Appraisals as one page that needs nothing else. */
export function renderHtml(appraisals: readonly Appraisal[]): string {
  const [first] = appraisals;
  const title =
    first !== undefined && appraisals.length === 1
      ? `${shortened(appTitle(first), 100)}: ${first.verdict}`
      : `Appraisal of ${appraisals.length} apps`;
  return page(title, html`${appraisals.length > 1 ? overview(appraisals) : null}${appraisals.map(article)}`);
}

function article(appraisal: Appraisal, index: number): Html {
  return html`<article id="app-${index + 1}">${headSection(appraisal)}${powersSection(appraisal)}${scoreSection(appraisal)}${findingsSection(appraisal)}${inventorySections(appraisal)}${coverageSection(appraisal)}</article>
`;
}

function overview(appraisals: readonly Appraisal[]): Html {
  return html`<h1>Appraisal of ${appraisals.length} apps</h1><table><thead><tr><th>app</th><th>verdict</th><th class="number">malice</th><th class="number">data risk</th></tr></thead><tbody>
${appraisals.map(
  (appraisal, index) =>
    html`<tr><td><a href="#app-${index + 1}">${shortened(appTitle(appraisal), 200)}</a></td><td class="${appraisal.verdict}">${appraisal.verdict}</td><td class="number">${appraisal.score.malice.value}</td><td class="number">${appraisal.score.dataRisk.value}</td></tr>
`,
)}</tbody></table>
`;
}
