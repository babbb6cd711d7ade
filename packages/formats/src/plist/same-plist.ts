import type { PlistValue } from './plist-value.ts';

/** Pairs of values compared before it is left open: shared objects could make more of them than there are bytes. */
const MAX_PAIRS = 1_000_000;

/** Whether two lists say the same, whatever the order of their keys; null when it is too much to tell. */
export function samePlist(a: PlistValue | null, b: PlistValue | null): boolean | null {
  let pairs = 0;
  const same = (left: PlistValue | null, right: PlistValue | null): boolean => {
    pairs += 1;
    if (left === right || pairs > MAX_PAIRS) return true;
    if (left === null || right === null) return false;
    if (left.kind === 'dictionary' && right.kind === 'dictionary') {
      if (left.entries.size !== right.entries.size) return false;
      for (const [key, value] of left.entries) {
        const other = right.entries.get(key);
        if (other === undefined || !same(value, other)) return false;
      }
      return true;
    }
    if (left.kind === 'array' && right.kind === 'array') {
      return (
        left.items.length === right.items.length &&
        left.items.every((item, index) => same(item, right.items[index] ?? null))
      );
    }
    if (left.kind === 'data' && right.kind === 'data') {
      return left.value.length === right.value.length && left.value.every((byte, at) => byte === right.value[at]);
    }
    if (left.kind === 'null' || right.kind === 'null') return left.kind === right.kind;
    if (left.kind === 'dictionary' || left.kind === 'array' || right.kind === 'dictionary' || right.kind === 'array') {
      return false;
    }
    return left.kind === right.kind && Object.is(left.value, right.value);
  };
  const result = same(a, b);
  return pairs > MAX_PAIRS && result ? null : result;
}
