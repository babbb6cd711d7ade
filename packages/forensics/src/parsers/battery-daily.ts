import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { type LocalTime, parseLocalTime } from '../local-time.ts';

const DAY = /^\s*Daily from (\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2}) to \d{4}-/;
const UPDATE = /^\s*Update (\S{1,300}) vers=(-?\d{1,18})\s*$/;
/** Apps whose versions are remembered: phones have some hundreds. */
const MAX_APPS = 20_000;

interface Change {
  readonly app: string;
  readonly version: number;
  readonly day: LocalTime;
  readonly line: number;
}

/**
 * The daily part of `dumpsys batterystats` (AOSP BatteryStats.dumpDailyPackageChanges): `Daily from A to B:` and below it `Update pkg vers=N` for each app that
 * changed that day; version 0 stands for removal. Days come newest first on some versions, so they are put in order before versions are compared. One change of an
 * app in a day is told once.
 */
export function createBatteryDailyReader(builder: EvidenceBuilder, file: string): LineReader {
  let day: LocalTime | null = null;
  const changes = new Map<string, Change>();
  return {
    line(text, number) {
      const start = DAY.exec(text);
      if (start !== null) {
        const [, date, hour, minute, second] = start;
        day = parseLocalTime(`${date} ${hour}:${minute}:${second}`);
        return;
      }
      const update = day === null ? null : UPDATE.exec(text);
      if (day === null || update === null) return;
      const [, app = '', version = ''] = update;
      const key = `${JSON.stringify(day)} ${app} ${version}`;
      if (changes.size < MAX_APPS && !changes.has(key))
        changes.set(key, { app, version: Number(version), day, line: number });
    },
    end() {
      const known = new Map<string, number>();
      for (const change of [...changes.values()].sort(byDay)) note(builder, file, change, known);
    },
  };
}

function note(
  builder: EvidenceBuilder,
  file: string,
  { app, version, day, line }: Change,
  known: Map<string, number>,
): void {
  const before = known.get(app);
  // What was removed may come back in any version: that is no downgrade.
  const change = version === 0 ? 'uninstall' : before !== undefined && before > version ? 'downgrade' : 'update';
  known.set(app, version);
  const text = {
    uninstall: `${app} was removed`,
    downgrade: `${app} was replaced by the older version ${version} (it was ${before})`,
    update: `${app} came to version ${version}`,
  }[change];
  builder.record({
    artefact: 'android.battery-daily',
    text,
    at: day,
    place: { file, line },
    fields: { change, package: app, version: String(version) },
    observables: [{ kind: 'app', value: app }],
  });
}

function byDay(one: Change, other: Change): number {
  const of = ({ year, month, day, hour, minute, second }: LocalTime): number =>
    Date.UTC(year, month - 1, day, hour, minute, second);
  return of(one.day) - of(other.day) || one.line - other.line;
}
