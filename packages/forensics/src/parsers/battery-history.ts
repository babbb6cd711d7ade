import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { type LocalTime, parseLocalTime } from '../local-time.ts';

const WHEN =
  /^\s*(?:(0|\+?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?)|(\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)?) \(\d+\)/;
const BASE = /\bTIME: (\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)/;
const EVENT = /([+-])(job|wake_lock|longwake|top|fg)=([^:\s"]{1,40}):"([^"]{1,300})"/g;
const APP = /[A-Za-z]\w*(?:\.\w+)+/;

/**
 * What kept the phone awake, from the history in `dumpsys batterystats` (AOSP BatteryStats.HistoryPrinter): `+5m31s123ms (2) 098 +job=u0a12:"pkg/.Job"`. Times count from the start of the
 * history, and a line with `TIME: 2026-11-01-10-11-12` says what the clock showed there; newer versions print `11-01 10:11:12.123`, without a year. No clock, no time.
 */
export function createBatteryHistoryReader(builder: EvidenceBuilder, file: string): LineReader {
  let base: { readonly clock: LocalTime; readonly offset: number } | null = null;
  return {
    line(text, number) {
      const when = WHEN.exec(text);
      if (when === null) return;
      const [, relative, stamp] = when;
      const offset = relative === undefined ? 0 : secondsOf(relative);
      const clock = BASE.exec(text);
      if (clock !== null) {
        const read = parseLocalTime(`${clock[1]} ${clock[2]}:${clock[3]}:${clock[4]}`);
        if (read !== null) base = { clock: read, offset };
      }
      for (const [, sign = '', kind = '', uid = '', service = ''] of text.matchAll(EVENT)) {
        const app = APP.exec(service)?.[0] ?? '';
        builder.record({
          artefact: 'android.battery-history',
          text: `${kind.replace('_', ' ')} ${sign === '+' ? 'begins' : 'ends'}: ${service}`,
          at: timeOf(base, offset, stamp),
          place: { file, line: number },
          fields: { event: kind, change: sign === '+' ? 'begin' : 'end', uid, service, package: app },
          observables: app === '' ? [] : [{ kind: 'app', value: app }],
        });
      }
    },
    end() {},
  };
}

function timeOf(
  base: { readonly clock: LocalTime; readonly offset: number } | null,
  offset: number,
  stamp: string | undefined,
) {
  if (base === null) return null;
  if (stamp !== undefined) return parseLocalTime(`${base.clock.year}-${stamp}`);
  const { year, month, day, hour, minute, second } = base.clock;
  const moved = Date.UTC(year, month - 1, day, hour, minute, second + offset - base.offset);
  return Number.isNaN(moved) ? null : parseLocalTime(new Date(moved).toISOString());
}

/** `+1d2h3m4s567ms` in whole seconds. */
function secondsOf(text: string): number {
  const weights: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };
  let seconds = 0;
  for (const [, count = '0', unit = 's'] of text.matchAll(/(\d+)(ms|[dhms])/g))
    seconds += Number(count) * (weights[unit] ?? 0);
  return Math.floor(seconds);
}
