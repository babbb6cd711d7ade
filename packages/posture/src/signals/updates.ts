import type { Observation } from '@vedette/contracts';
import { type Cell, noSource } from '../cell.ts';
import type { EvidenceView } from '../evidence-view.ts';
import type { Answer } from '../question.ts';
import { findingOf, observed } from '../rules.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { daysBetween, monthsOrDays, parsePatchLevel } from './patch-level.ts';

const MODULES = 'os.modules';
/** The package that dates the modules of a system: its version name is a date (AOSP Settings, MainlineModuleVersionPreferenceController). */
const METADATA = ['com.google.android.modulemetadata', 'com.android.modulemetadata'];
const WEBVIEWS = ['com.google.android.webview', 'com.android.webview', 'com.google.android.trichromelibrary'];

/**
 * `os.modules`: how old the parts of Android are that the store updates (Project Mainline), by the date of their metadata
 * package. The version of the WebView stands beside it and is not judged: which version is current is not known here.
 */
export function judgeModules(view: EvidenceView): Verdict {
  if (view.platform === 'ios') return noSource(MODULES, view);
  const { now, maxPatchAgeDays } = view.context;
  const unknown = (reason: string, value = ''): Verdict => ({
    signal: signalOf(MODULES, { status: 'unknown', value, reason }, view.inventory, now),
    findings: [],
  });
  const { inventory } = view;
  if (inventory === null) return unknown('There is no inventory of apps.');
  const metadata = METADATA.flatMap((name) => view.app(name) ?? [])[0];
  if (metadata === undefined) return unknown('The inventory does not name the modules.');
  const written = metadata.versionName?.trim() ?? '';
  // A month alone is the first of it.
  const level = parsePatchLevel(/^\d{4}-\d\d$/.test(written) ? `${written}-01` : written);
  const days = level === null ? -1000 : daysBetween(level, now);
  if (level === null || days < -45) return unknown('The version of the modules is no date.', written.slice(0, 100));
  const webview = WEBVIEWS.flatMap((name) => view.app(name)?.versionName ?? [])[0];
  const value = `${level} (${monthsOrDays(Math.max(0, days))} old)${webview === undefined ? '' : `, WebView ${webview}`}`;
  if (days <= maxPatchAgeDays)
    return { signal: signalOf(MODULES, { status: 'ok', value }, inventory, now), findings: [] };
  const place = metadata.rawRef === undefined ? inventory : { ...inventory, rawRef: metadata.rawRef };
  const reason = `System modules had no updates for ${monthsOrDays(days)}.`;
  return {
    signal: signalOf(MODULES, { status: 'bad', value, reason }, inventory, now),
    findings: [findingOf('device.modules.old', { evidence: [observed(place, `${metadata.package} ${written}`)] })],
  };
}

/** `os.update`: an update that management, or the device itself, says is there and not installed; and installations that failed. */
export const PENDING_UPDATE: Cell = {
  id: 'os.update',
  platforms: ['android', 'ios'],
  questions: [{ keys: ['system-update.state'], read: readUpdate }],
  extra: [
    {
      keys: ['system-update.failure'],
      signs: true,
      read: ({ value }) => ({
        status: 'bad',
        text: 'failed',
        reason: `The last update failed: ${value.slice(0, 200)}.`,
        rule: 'device.update.pending',
      }),
    },
  ],
};

const STATES: ReadonlyMap<string, string> = new Map([
  ['available', 'an update'],
  ['security', 'a security update'],
  ['upgrade', 'a new version of the system'],
]);

function readUpdate({ value }: Observation, view: EvidenceView): Answer | null {
  if (value === 'up-to-date') return { status: 'ok', text: 'none' };
  const what = STATES.get(value);
  if (what === undefined) return null;
  const version = view.usable('system-update.version')[0]?.value.slice(0, 50);
  const days = waitingDays(view);
  const text = `${version ?? what}${days === null ? '' : `, for ${monthsOrDays(days)}`}`;
  return {
    status: 'bad',
    text,
    reason: `There is ${what}${version === undefined ? '' : ` (${version})`} that is not installed${days === null ? '' : `, for ${monthsOrDays(days)}`}.`,
    rule: 'device.update.pending',
    // What repairs weaknesses and waits for longer than a month is not a matter of days any more.
    ...(value !== 'upgrade' && days !== null && days > 30 ? { severity: 'medium' as const } : {}),
  };
}

function waitingDays(view: EvidenceView): number | null {
  const since = view.usable('system-update.since')[0]?.value.slice(0, 10) ?? '';
  const days = parsePatchLevel(since) === null ? -1 : daysBetween(since, view.context.now);
  return days < 0 ? null : days;
}
