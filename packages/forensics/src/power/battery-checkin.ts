import type { UsageMetric } from '@vedette/contracts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import type { UidUsage } from './usage-notes.ts';

/** Layouts that are known: 32 is of Android 9, 34 of 10, 36 of 16. What is not known is not guessed at. */
const VERSIONS = { first: 32, last: 36 };
const METRICS: readonly UsageMetric[] = ['energy', 'bytes', 'background-bytes', 'cpu', 'wakelock'];
const DAY_MS = 86_400_000;

/**
 * `dumpsys batterystats -c` (AOSP `BatteryStats.dumpCheckinLocked`): lines of `9,UID,CATEGORY,SECTION,…`. Read are the version, which app has which id (`i,uid`), the time that the statistics cover
 * (`l,bt`), the battery's capacity (`l,pws`) and, for each id, energy in mAh (`pwi,uid`), processor time in ms (`cpu`), bytes over mobile networks and Wi-Fi (`nt`) and the time that it kept the phone
 * awake in ms (`awl`). History (`9,h`, `9,hsp`) is passed over. A capture that was cut off has lines with too few fields, or no total: nothing of it counts, since what is missing is not zero.
 */
export function createBatteryCheckinReader(builder: EvidenceBuilder, file: string): LineReader {
  let version: number | null = null;
  let first: number | null = null;
  let bounds: { from: number; to: number; unplugged: number } | null = null;
  let capacity: number | null = null;
  let cut: number | null = null;
  const used = new Map<number, UidUsage>();

  function note(uid: number, amounts: UidUsage): void {
    if (used.size < 20_000 || used.has(uid)) used.set(uid, { ...used.get(uid), ...amounts });
  }

  return {
    line(text, number) {
      if (!text.startsWith('9,')) return;
      const fields = text.split(',', 60);
      const [, id = '', category, section] = fields;
      if (!/^\d{1,9}$/.test(id)) return;
      const uid = Number(id);
      const rest = fields.slice(4);
      if (category === 'i' && section === 'vers') {
        version = numberIn(rest, 0);
        first ??= number;
      } else if (category === 'i' && section === 'uid') {
        const owner = numberIn(rest, 0);
        if (owner !== null && /^[A-Za-z][\w.-]{0,299}$/.test(rest[1] ?? '')) builder.usage.uid(owner, rest[1] ?? '');
      } else if (category === 'l' && section !== undefined) {
        const read = readSection(section, rest);
        if (read === null) cut ??= number;
        else if (read.bounds !== undefined) bounds = read.bounds;
        else if (read.capacity !== undefined) ({ capacity } = read);
        else if (read.used !== undefined) note(uid, read.used);
      }
    },
    end() {
      const where = `${file}:${cut ?? first ?? 1}`;
      if (version === null) return;
      const told = (message: string): void =>
        builder.diagnose({ id: 'battery.checkin', level: 'warning', message, where });
      if (version < VERSIONS.first || version > VERSIONS.last) {
        told(`Battery statistics of layout ${version} are not read; ${VERSIONS.first} to ${VERSIONS.last} are known.`);
      } else if (cut !== null) told('The battery statistics are cut off, so they were not counted.');
      else if (bounds === null)
        told('The battery statistics do not say what time they cover, so they were not counted.');
      else {
        const { from, to, unplugged } = bounds;
        if (from <= 0 || to <= from || to - from > 400 * DAY_MS) {
          told('The battery statistics cover a time that cannot be, so they were not counted.');
          return;
        }
        for (const [uid, amounts] of used) builder.usage.sinceCharge(uid, amounts);
        builder.usage.window({
          from,
          to,
          unpluggedSeconds: unplugged / 1000,
          capacityMah: capacity,
          metrics: METRICS,
          rawRef: `${file}:${first ?? 1}`,
        });
      }
    },
  };
}

interface Section {
  readonly bounds?: { from: number; to: number; unplugged: number };
  readonly capacity?: number | null;
  readonly used?: UidUsage;
}

/** What a section says; empty for those that nothing is read of; null where fields are missing. */
function readSection(section: string, fields: readonly string[]): Section | null {
  switch (section) {
    case 'bt': {
      // Starts, time on battery, of it awake, all time, of it awake, when it began (ms).
      const [unplugged, all, from] = [numberIn(fields, 1), numberIn(fields, 3), numberIn(fields, 5)];
      if (unplugged === null || all === null || from === null) return null;
      return { bounds: { from, to: from + all, unplugged: Math.min(unplugged, all) } };
    }
    case 'pws': {
      const capacity = numberIn(fields, 0);
      return { capacity: capacity === 0 ? null : capacity };
    }
    case 'pwi': {
      if (fields[0] !== 'uid') return {};
      const energy = numberIn(fields, 1);
      return energy === null ? null : { used: { energy } };
    }
    case 'cpu': {
      const [user, system] = [numberIn(fields, 0), numberIn(fields, 1)];
      return user === null || system === null ? null : { used: { cpu: (user + system) / 1000 } };
    }
    case 'nt': {
      const all = sumOf(fields, [0, 1, 2, 3]);
      const behind = sumOf(fields, [14, 15, 16, 17]);
      return all === null || behind === null ? null : { used: { bytes: all, 'background-bytes': behind } };
    }
    case 'awl': {
      const held = numberIn(fields, 0);
      return held === null ? null : { used: { wakelock: held / 1000 } };
    }
    default:
      return {};
  }
}

function sumOf(fields: readonly string[], places: readonly number[]): number | null {
  let sum = 0;
  for (const place of places) {
    const value = numberIn(fields, place);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

/** A field that is a plain decimal number, `1.23` or `1.2E-4`; null for any other. */
function numberIn(fields: readonly string[], place: number): number | null {
  const text = fields[place] ?? '';
  return /^\d{1,15}(?:\.\d{1,20})?(?:E-?\d{1,2})?$/.test(text) ? Math.min(Number(text), 1e15) : null;
}
