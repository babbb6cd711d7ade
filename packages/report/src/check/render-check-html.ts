import type { CheckResult, InstalledApp } from '@vedette/contracts';
import { EVIDENCE_KINDS } from '@vedette/contracts/vocabulary';
import { findingsSection } from '../html/findings-section.ts';
import { type Html, html } from '../html/html.ts';
import { folded } from '../html/inventory-sections.ts';
import { page } from '../html/page.ts';
import { shortened } from '../text/printable.ts';
import { boardSection } from './board-section.ts';
import { phoneName, systemName } from './phone-words.ts';
import { timelineSection } from './timeline-section.ts';
import { usageSection } from './usage-section.ts';

/** A check and its answer in words (`answerOf` of the posture package). */
export interface AnsweredCheck {
  readonly check: CheckResult;
  readonly answer: string;
}

/** Checks of phones as one page that needs nothing else: for whoever asked whether a phone is all right, and for the analyst who must show it. */
export function renderCheckHtml(checks: readonly AnsweredCheck[]): string {
  const [first] = checks;
  const title =
    first !== undefined && checks.length === 1
      ? `Check of ${shortened(phoneName(first.check.device), 100)}`
      : `Checks of ${checks.length} phones`;
  return page(title, html`${checks.length > 1 ? overview(checks) : null}${checks.map(article)}`);
}

function overview(checks: readonly AnsweredCheck[]): Html {
  return html`<h1>Checks of ${checks.length} phones</h1><ul>
${checks.map(({ check, answer }, index) => html`<li><a href="#phone-${index + 1}">${shortened(phoneName(check.device), 200)}</a>: ${answer}</li>\n`)}</ul>
`;
}

function article({ check, answer }: AnsweredCheck, index: number): Html {
  return html`<article id="phone-${index + 1}">${head(check, answer)}${findingsSection(check, 'evidence')}${boardSection(check)}${usageSection(check)}${timelineSection(check)}${apps(check.apps)}${notes(check)}</article>
`;
}

function head({ device, input, indicators, engine }: CheckResult, answer: string): Html {
  const parts = input.parts ?? [];
  return html`<header><p class="soft">Check of a phone by its evidence</p><h1 class="name">${shortened(phoneName(device), 200)}</h1>
<p class="lead">${answer}</p>
<dl><dt>System</dt><dd>${shortened(systemName(device), 200)}</dd>
${device.patchLevel === null ? null : html`<dt>Security patch level</dt><dd>${shortened(device.patchLevel, 50)}</dd>\n`}${device.build === null ? null : html`<dt>Build</dt><dd><code>${shortened(device.build, 300)}</code></dd>\n`}<dt>Evidence</dt><dd>${EVIDENCE_KINDS[input.kind]}, <code>${shortened(input.path, 500)}</code>${
    parts.length === 0
      ? null
      : html`<ul class="places">${parts.map(({ path, kind }) => html`<li>${EVIDENCE_KINDS[kind]}: <code>${shortened(path === '' ? '.' : path, 500)}</code></li>`)}</ul>`
  }</dd>
<dt>Collected</dt><dd>${input.collectedAt === null ? 'the evidence does not say when' : `${input.collectedAt.slice(0, 16).replace('T', ' ')} UTC; the phone is judged as it was then`}</dd>
<dt>Held against</dt><dd>${
    indicators === undefined
      ? 'no list of indicators: that nothing of one was found means nothing'
      : `${indicators.total.toLocaleString('en')} indicators of ${indicators.lists.length} lists`
  }${indicators === undefined || indicators.lists.length === 0 ? null : html`<br><span class="soft">${shortened(indicators.lists.join(', '), 1_000)}</span>`}</dd>
<dt>Checked by</dt><dd>Vedette ${shortened(engine.version, 50)}; nothing was sent anywhere</dd></dl></header>
`;
}

function apps(all: readonly InstalledApp[]): Html | null {
  if (all.length === 0) return null;
  const own = all.filter((app) => !app.system);
  const rows = [...own, ...all.filter((app) => app.system)].map((app) => [
    html`<code>${shortened(app.package, 300)}</code>`,
    shortened(app.versionName ?? '', 100),
    app.system ? 'system' : shortened(app.installer ?? 'not recorded', 200),
    app.firstInstalledAt?.slice(0, 10) ?? '',
    app.sha256 === null ? '' : html`<code>${app.sha256}</code>`,
  ]);
  return html`<section><h2>Apps</h2>${folded(`Apps: ${all.length}, of which ${own.length} are no part of the system`, ['app', 'version', 'installed by', 'since', 'SHA-256'], rows)}</section>
`;
}

function notes({ diagnostics }: CheckResult): Html | null {
  if (diagnostics.length === 0) return null;
  const rows = diagnostics.map(({ level, message, where = '' }) => [
    level,
    shortened(message, 500),
    html`<code>${shortened(where, 300)}</code>`,
  ]);
  return html`<section><h2>What could not be read, and what to know</h2>${folded(`Notes: ${rows.length}`, ['kind', 'note', 'where'], rows)}</section>
`;
}
