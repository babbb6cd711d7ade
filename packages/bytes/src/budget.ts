/** What a reader may spend. A part that is left out is not limited. */
export interface BudgetLimits {
  /** Bytes produced, summed over everything that draws on the budget. */
  readonly bytes?: number;
  /** Things listed: archive entries, chunks, members. */
  readonly entries?: number;
  /** Nesting. */
  readonly depth?: number;
  /** Elapsed milliseconds since the budget was created. */
  readonly timeMs?: number;
}

export type BudgetPart = 'bytes' | 'entries' | 'depth' | 'time';

/**
 * An allowance that readers draw on. A refused draw returns false and is remembered in `exhausted`; the reader stops,
 * keeps what it has and reports a diagnostic `budget.<part>`. Nothing is thrown.
 */
export interface Budget {
  takeBytes(count: number): boolean;
  /** Bytes that can still be taken; `Infinity` without a limit. */
  readonly bytesLeft: number;
  takeEntries(count: number): boolean;
  /** Goes one level down; on true the caller must call `leave` on its way out. */
  enter(): boolean;
  leave(): void;
  /** Whether time is left. Reads the clock only on every 64th call: cheap enough for loops. */
  hasTime(): boolean;
  /** The parts that were refused at least once. */
  readonly exhausted: ReadonlySet<BudgetPart>;
}

/** Creates a budget. `now` gives monotonic milliseconds (`Host.now`). */
export function createBudget(limits: BudgetLimits, now: () => number): Budget {
  const exhausted = new Set<BudgetPart>();
  const deadline = limits.timeMs === undefined ? Number.POSITIVE_INFINITY : now() + limits.timeMs;
  let bytesLeft = limits.bytes ?? Number.POSITIVE_INFINITY;
  let entriesLeft = limits.entries ?? Number.POSITIVE_INFINITY;
  let depthLeft = limits.depth ?? Number.POSITIVE_INFINITY;
  let ticks = 0;

  const refuse = (part: BudgetPart): false => {
    exhausted.add(part);
    return false;
  };

  return {
    takeBytes(count) {
      if (count > bytesLeft) return refuse('bytes');
      bytesLeft -= count;
      return true;
    },
    get bytesLeft() {
      return bytesLeft;
    },
    takeEntries(count) {
      if (count > entriesLeft) return refuse('entries');
      entriesLeft -= count;
      return true;
    },
    enter() {
      if (depthLeft <= 0) return refuse('depth');
      depthLeft -= 1;
      return true;
    },
    leave() {
      depthLeft += 1;
    },
    hasTime() {
      if (exhausted.has('time')) return false;
      if ((ticks++ & 63) !== 0) return true;
      return now() <= deadline || refuse('time');
    },
    exhausted,
  };
}
