import type { CheckResult, EvidenceRecord } from '@vedette/contracts';
import { type Html, html } from '../html/html.ts';
import { shortened } from '../text/printable.ts';
import { markedPlaces, recordsByDay } from './records-by-day.ts';

/** Rows on the page; the JSON report has all. */
const MOST_ROWS = 1_500;
/** Days drawn; longer spans are drawn in steps of several days. */
const MOST_BARS = 120;

/** What happened when: a plot of how many records there are of each day, and the records, newest first. Those that a finding rests on are always among them. */
export function timelineSection({ timeline = [], timelineOmitted = 0, findings }: CheckResult): Html | null {
  if (timeline.length === 0) return null;
  const places = markedPlaces(findings);
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
  const found = recordsByDay(timeline, ({ rawRef }) => places.has(rawRef), MOST_BARS);
  if (found === null) return null;
  const { bars, days } = found;
  const most = Math.max(...bars.map(({ all }) => all));
  const first = bars[0]?.day ?? '';
  const last = timeline.findLast(({ at }) => at !== null)?.at?.slice(0, 10) ?? '';
  return html`<svg class="plot" viewBox="0 0 ${bars.length} 40" preserveAspectRatio="none" role="img" aria-label="Records by day, from ${first} to ${last}, at most ${most} in one bar"><rect class="track" width="${bars.length}" height="40"/>${bars.map(
    ({ day, all, marked }, index) => {
      if (all === 0) return null;
      // The smallest bar still shows, and few beside many are seen.
      const height = Math.max(1.5, (40 * Math.log1p(all)) / Math.log1p(most));
      return html`<rect class="${marked > 0 ? 'high' : 'low'}" x="${index + 0.08}" y="${round(40 - height)}" width="0.84" height="${round(height)}"><title>${day}: ${all} records${marked > 0 ? `, ${marked} of them with a finding` : ''}</title></rect>`;
    },
  )}</svg>
<p class="soft">${first} to ${last}, ${days === 1 ? 'one bar a day' : `one bar for ${days} days`}, heights by logarithm, at most ${most} records in one.</p>
`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
