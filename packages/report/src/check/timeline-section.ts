import type { CheckResult, EvidenceRecord } from '@vedette/contracts';
import { type Html, html } from '../html/html.ts';
import { shortened } from '../text/printable.ts';

/** Rows on the page; the JSON report has all. */
const MOST_ROWS = 1_500;
/** Days drawn; longer spans are drawn in steps of several days. */
const MOST_BARS = 120;
const DAY_MS = 86_400_000;

/** What happened when: a plot of how many records there are of each day, and the records, newest first. Those that a finding rests on are always among them. */
export function timelineSection({ timeline = [], timelineOmitted = 0, findings }: CheckResult): Html | null {
  if (timeline.length === 0) return null;
  const places = new Set(
    findings.flatMap(({ evidence }) => evidence.flatMap((one) => (one.kind === 'text' ? [one.source] : []))),
  );
  const newestFirst = [...timeline].reverse();
  const found = newestFirst.filter((record) => places.has(record.rawRef));
  const others = newestFirst.filter((record) => !places.has(record.rawRef));
  const shown = new Set([...found, ...others].slice(0, MOST_ROWS));
  const left = timeline.length - shown.size + timelineOmitted;
  return html`<section><h2>What happened when</h2>
<p class="soft">Records of the evidence with a time, newest first; ${found.length === 0 ? 'no finding rests on one of them' : `those that a finding rests on are marked (${found.length})`}.</p>
${plot(timeline, places)}
<details><summary><span class="title">Records: ${timeline.length + timelineOmitted}</span></summary><div><table><thead><tr><th>time (UTC)</th><th>record</th><th>where it stands</th></tr></thead><tbody>
${newestFirst.filter((record) => shown.has(record)).map((record) => row(record, places.has(record.rawRef)))}</tbody></table>${
    left > 0 ? html`<p class="soft">and ${left} more, which the JSON report has as far as there was room</p>` : null
  }</div></details></section>
`;
}

function row({ at, artefact, text, rawRef }: EvidenceRecord, marked: boolean): Html {
  const time = at === null ? 'not dated' : at.slice(0, 19).replace('T', ' ');
  return html`<tr><td>${time}</td><td>${marked ? html`<span class="chip high">finding</span> ` : null}${shortened(text, 400)}<br><code class="soft">${artefact}</code></td><td><code>${shortened(rawRef, 300)}</code></td></tr>
`;
}

function plot(timeline: readonly EvidenceRecord[], places: ReadonlySet<string>): Html | null {
  const days = timeline.flatMap(({ at, rawRef }) =>
    at === null ? [] : [{ day: Math.floor(Date.parse(at) / DAY_MS), marked: places.has(rawRef) }],
  );
  const last = days.at(-1)?.day;
  if (last === undefined) return null;
  // One record of a wrong clock would squeeze the rest into one bar.
  const first = days[Math.floor(days.length * 0.01)]?.day ?? last;
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST_BARS));
  const bars = Math.max(1, Math.ceil((last - first + 1) / step));
  const counts = Array.from({ length: bars }, () => ({ all: 0, marked: 0 }));
  for (const { day, marked } of days) {
    const bar = counts[Math.floor((day - first) / step)];
    if (bar === undefined) continue;
    bar.all += 1;
    if (marked) bar.marked += 1;
  }
  const most = Math.max(...counts.map(({ all }) => all));
  const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
  return html`<svg class="plot" viewBox="0 0 ${bars} 40" preserveAspectRatio="none" role="img" aria-label="Records by day, from ${dateOf(first)} to ${dateOf(last)}, at most ${most} in one bar"><rect class="track" width="${bars}" height="40"/>${counts.map(
    ({ all, marked }, index) => {
      if (all === 0) return null;
      // The smallest bar still shows, and few beside many are seen.
      const height = Math.max(1.5, (40 * Math.log1p(all)) / Math.log1p(most));
      return html`<rect class="${marked > 0 ? 'high' : 'low'}" x="${index + 0.08}" y="${round(40 - height)}" width="0.84" height="${round(height)}"><title>${dateOf(first + index * step)}: ${all} records${marked > 0 ? `, ${marked} of them with a finding` : ''}</title></rect>`;
    },
  )}</svg>
<p class="soft">${dateOf(first)} to ${dateOf(last)}, ${step === 1 ? 'one bar a day' : `one bar for ${step} days`}, heights by logarithm, at most ${most} records in one.</p>
`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
