import { type ElfSegment, PAGE, PT_LOAD } from './program-headers.ts';

/** Where the loader would put bytes of the file. */
export interface AddressMap {
  /** Offset in the file of the byte that is at `address` once loaded; null where none of the file's bytes is there. */
  offsetOf(address: number): number | null;
  /** Like `offsetOf`, with the offset behind the last byte of the file that the same segment maps. */
  rangeOf(address: number): { readonly offset: number; readonly end: number } | null;
}

/**
 * Later segments replace earlier ones, and whole pages are mapped: so bionic (`mmap` with `MAP_FIXED`) and the kernel do it. Look-ups cost the logarithm of the number of
 * segments, which a hostile file can make a thousand.
 */
export function createAddressMap(segments: readonly ElfSegment[], fileSize: number): AddressMap {
  const loads = segments.filter(({ type, fileSize: size }) => type === PT_LOAD && size > 0);
  const { bounds, owners } = flatten(loads);
  const rangeOf = (address: number): { offset: number; end: number } | null => {
    const load = loads[owners[lastNotAbove(bounds, address)] ?? -1];
    if (load === undefined || address >= load.address + load.fileSize) return null;
    const start = load.offset - (load.offset % PAGE) + (load.address % PAGE);
    const offset = start + (address - load.address);
    return offset < fileSize ? { offset, end: Math.min(fileSize, start + load.fileSize) } : null;
  };
  return { rangeOf, offsetOf: (address) => rangeOf(address)?.offset ?? null };
}

/** The address space cut where a segment begins or ends, with the segment that is on top in each piece; -1 for none. */
function flatten(loads: readonly ElfSegment[]): { readonly bounds: Float64Array; readonly owners: Int32Array } {
  const ends = loads.flatMap(({ address, fileSize }) => [address, address + fileSize]);
  const bounds = Float64Array.from(new Set(ends)).sort();
  const owners = new Int32Array(bounds.length).fill(-1);
  // `skip[i]` is the first piece from `i` on that nothing covers yet: each piece is covered once.
  const skip = Int32Array.from({ length: bounds.length + 1 }, (_, index) => index);
  const firstFree = (from: number): number => {
    let free = from;
    while (skip[free] !== free && free < bounds.length) free = skip[free] ?? bounds.length;
    for (let at = from; at < free; ) {
      const next = skip[at] ?? free;
      skip[at] = free;
      at = Math.max(next, at + 1);
    }
    return free;
  };
  for (let index = loads.length - 1; index >= 0; index--) {
    const load = loads[index];
    if (load === undefined) continue;
    const end = lastNotAbove(bounds, load.address + load.fileSize);
    for (let piece = firstFree(lastNotAbove(bounds, load.address)); piece < end; piece = firstFree(piece + 1)) {
      owners[piece] = index;
      skip[piece] = piece + 1;
    }
  }
  return { bounds, owners };
}

/** Index of the last bound that is not above `address`; -1 where all are. */
function lastNotAbove(bounds: Float64Array, address: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
