import { type Diagnostics, u32At } from '@vedette/bytes';
import type { ElfFields } from './elf-fields.ts';
import type { Relocation } from './relocations.ts';

const APS2 = 0x3253_5041; // "APS2"

/** Flags of a group (AOSP bionic, `RELOCATION_GROUPED_BY_*`, `RELOCATION_GROUP_HAS_ADDEND_FLAG`). */
const GROUPED_BY_INFO = 1;
const GROUPED_BY_OFFSET_DELTA = 2;
const GROUPED_BY_ADDEND = 4;
const HAS_ADDEND = 8;

/**
 * Android's packed relocations: `APS2`, then signed LEB128 numbers: how many, the first offset, and groups of size, flags and what their members share. Offsets and
 * addends are differences to the one before.
 *
 * @returns how many were read
 */
export function readPackedRelocations(
  fields: ElfFields,
  table: { readonly start: number; readonly end: number },
  take: (relocation: Relocation) => boolean,
  diagnostics: Diagnostics,
): number {
  const { bytes, bits } = fields;
  const stopped = (why: string, count: number): number => {
    diagnostics.warning('elf.relocations.packed-broken', `packed relocations: ${why}`, { offset: table.start });
    return count;
  };
  if (table.start + 4 > table.end || u32At(bytes, table.start) !== APS2)
    return stopped('no "APS2" at their beginning', 0);
  const numbers = createSleb128(bytes, table.start + 4, table.end);
  const announced = numbers.next();
  let address = numbers.next();
  let addend = 0;
  let count = 0;
  while (count < announced && !numbers.ended()) {
    const size = numbers.next();
    const flags = numbers.next();
    const sharedDelta = (flags & GROUPED_BY_OFFSET_DELTA) !== 0 ? numbers.next() : 0;
    const sharedInfo = (flags & GROUPED_BY_INFO) !== 0 ? numbers.next() : 0;
    if ((flags & HAS_ADDEND) === 0) addend = 0;
    else if ((flags & GROUPED_BY_ADDEND) !== 0) addend += numbers.next();
    // A group whose members share everything costs no bytes for them: only the budget of `take` bounds it.
    for (let member = 0; member < size && count < announced; member++) {
      if (numbers.ended() && (flags & 3) !== 3) break;
      address += (flags & GROUPED_BY_OFFSET_DELTA) !== 0 ? sharedDelta : numbers.next();
      const info = (flags & GROUPED_BY_INFO) !== 0 ? sharedInfo : numbers.next();
      if ((flags & HAS_ADDEND) !== 0 && (flags & GROUPED_BY_ADDEND) === 0) addend += numbers.next();
      const unit = bits === 64 ? 0x1_0000_0000 : 0x100;
      const symbol = Math.floor(info / unit);
      const relocation = {
        address,
        type: info - symbol * unit,
        symbol,
        addend: (flags & HAS_ADDEND) !== 0 ? addend : null,
      };
      if (!take(relocation)) return count;
      count += 1;
    }
    if (size <= 0) return stopped('an empty group', count);
  }
  return count < announced ? stopped(`${announced} announced, ${count} are there`, count) : count;
}

interface Numbers {
  next(): number;
  /** Whether the last number read reached the end, or went beyond it. */
  ended(): boolean;
}

/** Signed LEB128 of up to ten bytes as numbers, exact up to 2^53. */
function createSleb128(bytes: Uint8Array, start: number, end: number): Numbers {
  let at = start;
  return {
    ended: () => at >= end,
    next() {
      let value = 0;
      let scale = 1;
      for (let length = 0; length < 10 && at < end; length++) {
        const byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * scale;
        scale *= 128;
        if (byte < 0x80) return (byte & 0x40) !== 0 ? value - scale : value;
      }
      return value;
    },
  };
}
