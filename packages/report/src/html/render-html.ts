import type { Appraisal } from '@vedette/contracts';
import { appTitle } from '../text/app-title.ts';
import { sha256Bytes } from '../text/digest.ts';
import { shortened } from '../text/printable.ts';
import { headSection, powersSection } from './app-section.ts';
import { coverageSection } from './coverage-section.ts';
import { findingsSection } from './findings-section.ts';
import { type Html, html } from './html.ts';
import { inventorySections } from './inventory-sections.ts';
import { scoreSection } from './score-section.ts';
import { STYLE } from './style.ts';

/**
 * Appraisals as one page that needs nothing else: no script, no font, no image, no address. Its content security policy allows its own style and nothing besides, so even
 * if text of an app came through as markup, nothing in it would run or load.
 */
export function renderHtml(appraisals: readonly Appraisal[]): string {
  const [first] = appraisals;
  const title =
    first !== undefined && appraisals.length === 1
      ? `${shortened(appTitle(first), 100)}: ${first.verdict}`
      : `Appraisal of ${appraisals.length} apps`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${base64(sha256Bytes(STYLE))}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: STYLE }}</style></head>
<body><main>
${appraisals.length > 1 ? overview(appraisals) : null}${appraisals.map(article)}</main></body></html>
`;
  return page.markup;
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

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 section 4; there is no such function in all of browsers, phones and Node. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += BASE64.charAt(bits >> 18) + BASE64.charAt((bits >> 12) & 63);
    text += b === undefined ? '=' : BASE64.charAt((bits >> 6) & 63);
    text += c === undefined ? '=' : BASE64.charAt(bits & 63);
  }
  return text;
}
