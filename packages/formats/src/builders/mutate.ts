/** A small deterministic generator (mulberry32): the same seed gives the same row of numbers from 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Values that break arithmetic and bounds more often than random ones. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff];

/**
 * A damaged copy for fuzz tests, the same for the same seed: some bytes changed, a run filled, a piece moved, or the end
 * cut off.
 */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  let copy: Uint8Array = new Uint8Array(bytes);
  const edits = 1 + below(8);
  for (let edit = 0; edit < edits && copy.length > 0; edit++) {
    const at = below(copy.length);
    switch (below(6)) {
      case 0:
        copy[at] = below(256);
        break;
      case 1:
        copy[at] = TELLING[below(TELLING.length)] ?? 0;
        break;
      case 2:
        copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
        break;
      case 3:
        copy.fill(TELLING[below(TELLING.length)] ?? 0, at, at + 1 + below(8));
        break;
      case 4:
        copy.copyWithin(at, below(copy.length), below(copy.length));
        break;
      default:
        if (below(4) === 0) copy = copy.slice(0, at);
    }
  }
  return copy;
}
