import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const BEGIN = /^\s*Estimated power use \(mAh\):/;
const UID =
  /^\s+UID (u\d{1,4}[ais]\d{1,5}|\d{1,9}): ([\d.]{1,20})((?: (?:fg|bg|fgs|cached): [\d.]{1,20}(?: \([^)]{0,60}\))?)*)/;
const STATE = /(fg|bg|fgs|cached): ([\d.]{1,20})/g;

/**
 * The part `Estimated power use (mAh):` of `dumpsys batterystats` (AOSP `BatteryUsageStats.dump`, Android 12 and later): `UID u0a123: 5.43 fg: 3.10 bg: 2.02 cached: 0.31 ( cpu=… )`. What an app used
 * while it was not in front is all that is not `fg`. Ids without these states are passed over: how their energy divides is not known. Older versions print `Uid u0a123: 5.43 ( cpu=… )` alone.
 */
export function createPowerUseReader(builder: EvidenceBuilder, _file: string): LineReader {
  let inside = false;
  return {
    line(text) {
      if (BEGIN.test(text)) inside = true;
      else if (inside && text.trim() === '') inside = false;
      if (!inside) return;
      const match = UID.exec(text);
      const uid = match === null ? null : readUid(match[1] ?? '');
      const total = Number(match?.[2]);
      if (match === null || uid === null || !Number.isFinite(total)) return;
      let behind: number | null = null;
      for (const [, state, amount] of (match[3] ?? '').matchAll(STATE)) {
        behind ??= 0;
        if (state !== 'fg' && Number.isFinite(Number(amount))) behind += Number(amount);
      }
      if (behind !== null) builder.usage.sinceCharge(uid, { 'background-energy': Math.min(behind, total) });
    },
    end() {},
  };
}

/** `u0a123`, `u10s1000`, `1000` (AOSP `UserHandle.formatUid`); null for what is none. Processes without rights (`i`) are counted for their owner. */
export function readUid(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const match = /^u(\d{1,4})([as])(\d{1,5})$/.exec(text);
  if (match === null) return null;
  const [, user = '', kind, id = ''] = match;
  return Number(user) * 100_000 + (kind === 'a' ? 10_000 : 0) + Number(id);
}
