import { type Diagnostics, u16At, u32At } from '@vedette/bytes';
import { NO_ENTRY, NO_ENTRY_16, TYPE_OFFSET16, TYPE_SPARSE } from './arsc-chunk-types.ts';
import type { ResourceChunk } from './chunk-list.ts';
import { CONFIGURATION_SIZE, type ResourceConfiguration, readConfiguration } from './resource-configuration.ts';

/** Values of one type for one configuration (`ResTable_type`); entries are found by index when asked for. */
export interface TypeChunk {
  readonly start: number;
  readonly end: number;
  /** Number of the type in its package, from 1. */
  readonly typeId: number;
  readonly encoding: 'dense' | 'offset16' | 'sparse';
  readonly configuration: ResourceConfiguration;
  /** Offsets written, those that say "no entry" included. */
  readonly offsetCount: number;
  /** Where the entry is, in bytes from the start of the file; null when this configuration does not have it. */
  entryOffset(index: number): number | null;
  /** Every entry of the chunk as index and place; duplicate indices of a sparse chunk included. */
  entries(): Iterable<{ readonly index: number; readonly offset: number }>;
}

/** `ResTable_type` up to and without its configuration. */
const FIXED_SIZE = 20;
const SMALLEST_CONFIGURATION = 28;

/** Opens a type chunk; null when the platform could not use it either. */
export function readTypeChunk(bytes: Uint8Array, chunk: ResourceChunk, diagnostics: Diagnostics): TypeChunk | null {
  const { start, headerSize, end } = chunk;
  const report = (level: 'warning' | 'error', id: string, message: string): void =>
    diagnostics[level](`arsc.type.${id}`, message, { offset: start });
  if (headerSize < FIXED_SIZE + 4 || end - start < headerSize) {
    report('error', 'truncated', `a type of ${end - start} bytes has no whole header`);
    return null;
  }
  const typeId = bytes[start + 8] ?? 0;
  const flags = bytes[start + 9] ?? 0;
  const declared = u32At(bytes, start + 12);
  const entriesStart = u32At(bytes, start + 16);
  if (typeId === 0) {
    report('error', 'id', 'a type with the number 0, which the platform refuses');
    return null;
  }
  if (declared > 0xffff) report('error', 'count', `${declared} entries in a type that can have 65535`);
  if ((flags & ~(TYPE_SPARSE | TYPE_OFFSET16)) !== 0) {
    report('warning', 'flags', `unknown flags 0x${flags.toString(16)} of a type`);
  }
  const encoding = (flags & TYPE_SPARSE) !== 0 ? 'sparse' : (flags & TYPE_OFFSET16) !== 0 ? 'offset16' : 'dense';
  const width = encoding === 'offset16' ? 2 : 4;
  const offsetsStart = start + headerSize;
  const inChunk = Math.floor((end - offsetsStart) / width);
  const offsetCount = Math.min(declared, inChunk, 0x1_0000);
  const entriesAt = start + entriesStart;
  if (offsetCount < declared || entriesAt > end || entriesAt < offsetsStart + declared * width) {
    const message = `${declared} offsets and entries from byte ${entriesStart} do not fit into a type of ${end - start} bytes`;
    report('error', 'layout', message);
  }
  if ((entriesStart & 3) !== 0) report('error', 'layout', 'entries do not begin at a multiple of four bytes');

  const configSize = u32At(bytes, start + FIXED_SIZE);
  if (configSize > headerSize - FIXED_SIZE || configSize < SMALLEST_CONFIGURATION) {
    report('warning', 'configuration-size', `a configuration of ${configSize} bytes in a header of ${headerSize}`);
  } else if (configSize > CONFIGURATION_SIZE) {
    const unknown = bytes.subarray(start + FIXED_SIZE + CONFIGURATION_SIZE, start + FIXED_SIZE + configSize);
    if (unknown.some((byte) => byte !== 0)) {
      report('warning', 'configuration-unknown', 'a configuration has parts that are not known');
    }
  }
  // The platform copies as many bytes as the configuration says, whatever the header says.
  const configuration = readConfiguration(bytes, start + FIXED_SIZE, end);
  const place = (offset: number): number => entriesAt + offset;
  const offsetAt = (slot: number): number | null => {
    if (encoding === 'offset16') {
      const value = u16At(bytes, offsetsStart + slot * 2);
      return value === NO_ENTRY_16 ? null : place(value * 4);
    }
    const value = u32At(bytes, offsetsStart + slot * 4);
    return value === NO_ENTRY ? null : place(value);
  };
  const sparseIndex = (slot: number): number => u16At(bytes, offsetsStart + slot * 4);
  const sparseOffset = (slot: number): number => place(u16At(bytes, offsetsStart + slot * 4 + 2) * 4);

  return {
    start,
    end,
    typeId,
    encoding,
    configuration,
    offsetCount,
    entryOffset(index) {
      if (encoding !== 'sparse') return index < offsetCount ? offsetAt(index) : null;
      // A binary search as the platform's: in a list that is not sorted it misses what the platform misses.
      let low = 0;
      let high = offsetCount;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sparseIndex(middle) < index) low = middle + 1;
        else high = middle;
      }
      return low < offsetCount && sparseIndex(low) === index ? sparseOffset(low) : null;
    },
    *entries() {
      for (let slot = 0; slot < offsetCount; slot++) {
        const offset = encoding === 'sparse' ? sparseOffset(slot) : offsetAt(slot);
        if (offset !== null) yield { index: encoding === 'sparse' ? sparseIndex(slot) : slot, offset };
      }
    },
  };
}
