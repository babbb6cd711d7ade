import type { EvidenceRecord } from '@vedette/contracts';

const DAY_MS = 86_400_000;

/** One bar: the records of `days` days from `day` on. */
export interface RecordBar {
  /** ISO date of its first day (UTC). */
  readonly day: string;
  readonly all: number;
  /** How many of them a finding rests on. */
  readonly marked: number;
}

export interface RecordBars {
  readonly bars: readonly RecordBar[];
  /** Days in one bar. */
  readonly days: number;
}

/**
 * Counts records by day, in at most `most` bars. A hundredth of the records at the early end may be left out: one record of a wrong clock would squeeze the rest into one bar.
 * @param timeline in the order of time, undated ones last
 * @returns null where no record has a time
 */
export function recordsByDay(
  timeline: readonly EvidenceRecord[],
  isMarked: (record: EvidenceRecord) => boolean,
  most: number,
): RecordBars | null {
  const dated = timeline.flatMap((record) =>
    record.at === null ? [] : [{ day: Math.floor(Date.parse(record.at) / DAY_MS), marked: isMarked(record) }],
  );
  const last = dated.at(-1)?.day;
  if (last === undefined) return null;
  const first = dated[Math.floor(dated.length * 0.01)]?.day ?? last;
  const days = Math.max(1, Math.ceil((last - first + 1) / most));
  const counts = Array.from({ length: Math.max(1, Math.ceil((last - first + 1) / days)) }, (_, index) => ({
    day: new Date((first + index * days) * DAY_MS).toISOString().slice(0, 10),
    all: 0,
    marked: 0,
  }));
  for (const { day, marked } of dated) {
    const bar = counts[Math.floor((day - first) / days)];
    if (bar === undefined) continue;
    bar.all += 1;
    if (marked) bar.marked += 1;
  }
  return { bars: counts, days };
}

/** The places in the evidence that findings rest on, as records name theirs. */
export function markedPlaces(
  findings: readonly { readonly evidence: readonly { readonly kind: string; readonly source?: string }[] }[],
): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ evidence }) =>
      evidence.flatMap((one) => (one.kind === 'text' && one.source !== undefined ? [one.source] : [])),
    ),
  );
}
