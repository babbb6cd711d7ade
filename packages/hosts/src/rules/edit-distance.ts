/**
 * Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours, each 1. Labels have 63 characters at most (RFC 1035).
 * @returns the distance, or `limit + 1` as soon as it must be more
 */
export function editDistance(a: string, b: string, limit: number): number {
  const [left, right] = [Array.from(a).slice(0, 64), Array.from(b).slice(0, 64)];
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= left.length; row++) {
    const next = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [before, last] = [last, next];
  }
  return Math.min(last[right.length] ?? limit + 1, limit + 1);
}
