import {
  type Evidence,
  type Finding,
  type InstalledApp,
  rateText,
  type Severity,
  type UsageWindow,
} from '@vedette/contracts';
import { WATCHED_METRICS, type WatchedMetric } from '../anomaly/usage-series.ts';
import { type UsageCall, type WatchedSeries, watchUsage } from '../anomaly/watch-usage.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { findingOf, type RuleId } from '../rules.ts';
import { sideloadOf } from '../sideload.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { listOf } from './apps.ts';

const ID = 'apps.usage';
const DAY_MS = 86_400_000;
/** What was called longer ago than this is past. */
const CURRENT_MS = 14 * DAY_MS;
/** An app is new for so long. */
const NEW_MS = 7 * DAY_MS;

const WORDS: Readonly<Record<WatchedMetric, { readonly what: string; readonly rule: RuleId }>> = {
  'background-energy': { what: 'energy in the background', rule: 'device.app.energy' },
  'background-bytes': { what: 'network in the background', rule: 'device.app.network-use' },
  wakelock: { what: 'time awake', rule: 'device.app.kept-awake' },
};

/**
 * `apps.usage`: whether an app uses unusually much while nobody looks, by its own history (`anomaly/usage-detector.ts`). Bad when a rise is material, lasts, and is of no new version; `ok` when there is
 * history enough to tell and nothing of that kind; else unknown. A rise is a reason to look and no proof: high only where something else speaks against the app.
 */
export function judgeUsage(view: EvidenceView): Verdict {
  const { now } = view.context;
  const windows = view.evidence.usage ?? [];
  const unknown = (reason: string): Verdict => ({
    signal: signalOf(ID, { status: 'unknown', value: '', reason }, null, now),
    findings: [],
  });
  const last = newest(windows);
  if (last === null) return unknown('The evidence does not tell what apps use.');
  if (view.ageHours(last.to) > view.context.staleAfterHours + 24)
    return unknown('What apps use was told too long ago.');
  const watched = watchUsage(windows, view.evidence.apps, Date.parse(now));
  const found = watched.flatMap((series) => {
    const call = series.calls.findLast(({ at }) => Date.parse(now) - at <= CURRENT_MS);
    return call === undefined ? [] : [{ series, call, ...weighed(view, series, call) }];
  });
  const findings = found.map(({ series, call, severity, why }) => findingFor(series, call, severity, why, last));
  const serious = found.filter(({ severity }) => severity === 'medium' || severity === 'high');
  const basis = {
    source: last.source,
    trust: 'os-reported' as const,
    observedAt: last.to,
    ageSeconds: Math.max(0, Math.floor(view.ageHours(last.to) * 3600)),
    ...(last.rawRef === undefined ? {} : { rawRef: last.rawRef }),
  };
  if (serious.length > 0) {
    const names = [...new Set(serious.map(({ series }) => series.package))];
    const reason =
      names.length === 1
        ? 'One app uses much more than it used to, while nobody has it in front of them.'
        : `${names.length} apps use much more than they used to, while nobody has them in front of them.`;
    const signal = signalOf(ID, { status: 'bad', value: `${names.length}: ${listOf(names)}`, reason }, null, now);
    return { signal: { ...signal, ...basis }, findings };
  }
  const judged = watched.filter((series) => series.judged);
  if (judged.length === 0) {
    const days = spanDays(windows);
    const known = `There ${days === 1 ? 'is one day' : `are ${days} days`} of history of what apps use`;
    return { ...unknown(`${known}; from ten on unusual use can be told from normal.`), findings };
  }
  const metrics = WATCHED_METRICS.filter((metric) => judged.some((series) => series.metric === metric));
  const apps = new Set(judged.map((series) => series.package)).size;
  const value = `nothing unusual in ${apps} ${apps === 1 ? 'app' : 'apps'}: ${metrics.map((metric) => WORDS[metric].what).join(', ')}`;
  const signal = signalOf(ID, { status: 'ok', value }, null, now);
  return { signal: { ...signal, ...basis }, findings };
}

function newest(windows: readonly UsageWindow[]): UsageWindow | null {
  return windows.reduce<UsageWindow | null>((best, one) => (best === null || one.to > best.to ? one : best), null);
}

function spanDays(windows: readonly UsageWindow[]): number {
  const from = Math.min(...windows.map((one) => Date.parse(one.from)));
  const to = Math.max(...windows.map((one) => Date.parse(one.to)));
  return Math.max(0, Math.round((to - from) / DAY_MS));
}

/** How serious a call is, and what besides it speaks against the app. */
function weighed(
  view: EvidenceView,
  series: WatchedSeries,
  call: UsageCall,
): { severity: Severity; why: string | null } {
  const why = riskOf(view, view.app(series.package), call.since);
  if (call.kind === 'fast' || call.kind === 'new-version') return { severity: why === null ? 'low' : 'medium', why };
  return { severity: why === null ? 'medium' : 'high', why };
}

function riskOf(view: EvidenceView, app: InstalledApp | undefined, since: number): string | null {
  if (app === undefined) return null;
  const sideload = sideloadOf(app, new Set(view.context.approvedPackages ?? []));
  if (sideload !== null) return `it did not come from a store (${sideload.how})`;
  const installed = Date.parse(app.firstInstalledAt ?? '');
  if (!app.system && since - installed <= NEW_MS) return 'it was installed only days before';
  const services = [
    ...view.usable('settings.secure.enabled_accessibility_services'),
    ...view.usable('accessibility.service'),
  ];
  const controls = services.some(({ value }) => value.split(':').some((one) => one.startsWith(`${app.package}/`)));
  return !app.system && controls ? 'it may read and control the screen' : null;
}

function findingFor(
  { package: name, metric }: WatchedSeries,
  call: UsageCall,
  severity: Severity,
  why: string | null,
  last: UsageWindow,
): Finding {
  const { what, rule } = WORDS[metric];
  const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  const normal = call.normal === null ? null : rateText(metric, call.normal);
  const extra = rateText(metric, call.excess);
  const measure = {
    history: `${extra} beyond the ${normal ?? 'normal'} that is usual for it by its last four weeks`,
    cohort: `${extra} beyond what is usual for it on other devices`,
    'new-version': `${extra} beyond the ${normal ?? 'normal'} that was usual for it before its new version`,
    fast: `${extra}${normal === null ? '; what is usual for it is not known yet' : ` beyond the ${normal} that is usual for it`}`,
  }[call.kind];
  const title = {
    history: `${name} uses unusually much: ${what}`,
    cohort: `${name} uses more than elsewhere: ${what}`,
    'new-version': `${name} uses more since its new version: ${what}`,
    fast: `${name} uses much: ${what}`,
  }[call.kind];
  const evidence: Evidence = {
    kind: 'observation',
    signal: ID,
    source: last.source,
    trust: 'os-reported',
    value: measure,
    observedAt: new Date(call.at).toISOString(),
    ...(last.rawRef === undefined ? {} : { rawRef: last.rawRef }),
    note: `since ${day(call.since)} UTC, called at ${day(call.at)} UTC`,
  };
  return findingOf(rule, {
    title,
    severity,
    description: `Since ${day(call.since)} UTC ${name} used ${measure}${why === null ? '' : `, and ${why}`}. That is a reason to look at it and no proof of anything.`,
    evidence: [evidence],
  });
}
