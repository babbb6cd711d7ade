/**
 * Mach-O as dyld and the kernel read it (mach-o/loader.h, fat.h, fixup-chains.h): thin and fat, 32 and 64 bits, both byte
 * orders. Counts, sizes and offsets of the file are believed only as far as the file reaches; tables that lie on top of
 * each other cost no more than the file's own size several times over.
 *
 * Deliberately not supported: relocations of object files, the bind form of early arm64e (BIND_OPCODE_THREADED, whose
 * imports come from the symbol table), caches and kernel collections, compressed fixup names, debug information.
 */
import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { MachOFile, MachOSlice } from './mach-o-file.ts';
import { type FatSlice, readFatHeader } from './mach-o-header.ts';
import { readMachOSlice } from './read-slice.ts';

/** Slices read of one file: honest ones have up to five. */
const MAX_SLICES = 32;

/** Reads a Mach-O file. The value is null when no slice of it can be read; a diagnostic then says why. */
export function readMachO(bytes: Uint8Array): Parsed<MachOFile | null> {
  const fat = readFatHeader(bytes, MAX_SLICES);
  if (fat === null) {
    const { value, diagnostics } = readMachOSlice(bytes, 0);
    return { value: value === null ? null : { container: 'thin', slices: [value] }, diagnostics };
  }
  const diagnostics = createDiagnostics();
  if (fat.slices.length < fat.count) {
    const message = `${fat.count} slices are announced, ${fat.slices.length} of them are looked at`;
    diagnostics.error('mach-o.fat.count', message, { offset: 4 });
  }
  const slices: MachOSlice[] = [];
  let left = bytes.length * 2;
  for (const [index, slice] of fat.slices.entries()) {
    const where = `slice ${index}`;
    if (!slotFits(slice, bytes, where, diagnostics)) continue;
    reportTwins(slice, fat.slices.slice(0, index), where, diagnostics);
    left -= slice.size;
    if (left < 0) {
      diagnostics.error('mach-o.fat.overlap', 'slices overlap so much that the rest is not read', { where });
      break;
    }
    const read = readMachOSlice(bytes.subarray(slice.offset, slice.offset + slice.size), slice.offset);
    diagnostics.addAll(read.diagnostics, where);
    if (read.value === null) continue;
    if (read.value.cpuType !== slice.cpuType) {
      const message = `the fat header says processor ${slice.cpuType}, the slice ${read.value.cpuType}`;
      diagnostics.warning('mach-o.fat.processor', message, { where });
    }
    slices.push(read.value);
  }
  if (slices.length === 0) {
    diagnostics.error('mach-o.fat.none', 'no slice of the fat file can be read');
    return { value: null, diagnostics: diagnostics.list() };
  }
  return { value: { container: fat.wide ? 'fat64' : 'fat', slices }, diagnostics: diagnostics.list() };
}

function slotFits(slice: FatSlice, bytes: Uint8Array, where: string, diagnostics: Diagnostics): boolean {
  if (slice.offset < bytes.length && slice.offset + slice.size <= bytes.length && slice.size > 0) return true;
  const message = `${slice.size} bytes from ${slice.offset} on are not in this file`;
  diagnostics.error('mach-o.fat.range', message, { where });
  return false;
}

function reportTwins(slice: FatSlice, earlier: readonly FatSlice[], where: string, diagnostics: Diagnostics): void {
  for (const other of earlier) {
    if (other.cpuType === slice.cpuType && other.cpuSubtype === slice.cpuSubtype) {
      const message = 'two slices for one processor; the platform takes the first that suits it best';
      diagnostics.warning('mach-o.fat.duplicate', message, { where });
    }
    if (slice.offset < other.offset + other.size && other.offset < slice.offset + slice.size) {
      diagnostics.warning('mach-o.fat.overlap', 'two slices share bytes', { where });
    }
  }
}
