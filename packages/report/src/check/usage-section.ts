import { type CheckResult, rateText, USAGE_METRICS, type UsageCurve } from '@vedette/contracts';
import { type Html, html } from '../html/html.ts';
import { shortened } from '../text/printable.ts';

/** Height of a plot in units of its own, and the points drawn: the newest. */
const HEIGHT = 40;
const MOST_POINTS = 240;
/** Of fewer there is nothing to see. */
const LEAST_POINTS = 4;

/** What apps used over time: those that were called unusual first, each with a plot of what was measured beside what is normal for it. */
export function usageSection({ usage = [] }: CheckResult): Html | null {
  if (usage.length === 0) return null;
  return html`<section><h2>Use by apps</h2>
<p class="soft">What was used an hour while nobody had the app in front of them. The band is what is normal for it, by its last four weeks; where there is none, it is not known yet.</p>
${usage.map(curve)}</section>
`;
}

function curve({ package: name, metric, points, since, calledAt }: UsageCurve): Html {
  const shown = points.slice(-MOST_POINTS);
  const measured = shown.filter(({ rate }) => rate !== null);
  const [first, last] = [measured[0], measured.at(-1)];
  const called =
    since === null || calledAt === null
      ? points.at(-1)?.high === null
        ? 'not enough history to tell'
        : 'nothing unusual'
      : html`<span class="chip high">unusual</span> since ${minute(since)} UTC, called at ${minute(calledAt)} UTC`;
  return html`<h3>${shortened(name, 300)}: ${USAGE_METRICS[metric].title.toLowerCase()}</h3>
<p>${called}${first === undefined || last === undefined ? null : html`; measured from ${first.at.slice(0, 10)} to ${last.at.slice(0, 10)}, last ${rateText(metric, last.rate ?? 0)}${last.high === null ? null : `, normal up to ${rateText(metric, last.high)}`}`}</p>
${measured.length < LEAST_POINTS ? null : plot(shown, calledAt, `${name}, ${USAGE_METRICS[metric].title.toLowerCase()}, over time`)}`;
}

/** Bars of what was measured, before a band of what is normal; those from the call on stand out. */
function plot(points: UsageCurve['points'], calledAt: string | null, label: string): Html | null {
  const highest = Math.max(0, ...points.map(({ rate }) => rate ?? 0));
  if (highest === 0) return null;
  const heightOf = (rate: number): number => round((Math.min(rate, highest) / highest) * HEIGHT);
  const bars = points.map(({ at, rate, high }, index) => {
    const normal = high === null ? 0 : heightOf(high);
    const used = rate === null ? 0 : Math.max(0.6, heightOf(rate));
    const look = calledAt !== null && at >= calledAt ? 'high' : 'low';
    return html`${normal === 0 ? null : html`<rect class="track" x="${index}" y="${round(HEIGHT - normal)}" width="1" height="${normal}"/>`}${used === 0 ? null : html`<rect class="${look}" x="${index + 0.1}" y="${round(HEIGHT - used)}" width="0.8" height="${used}"/>`}`;
  });
  return html`<svg class="plot" viewBox="0 0 ${points.length} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${bars}</svg>
`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
