import { type Diagnostics, hex } from '@vedette/bytes';
import type { ElfHeader } from './elf-header.ts';
import { segmentEntropy } from './segment-entropy.ts';

export const PT_LOAD = 1;
export const PT_DYNAMIC = 2;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const PT_PHDR = 6;
export const PT_TLS = 7;
export const PT_GNU_STACK = 0x6474_e551;
export const PT_GNU_RELRO = 0x6474_e552;
export const PT_GNU_PROPERTY = 0x6474_e553;

/** `p_flags`. */
export const PF_X = 1;
export const PF_W = 2;
export const PF_R = 4;

/** `Elf32_Phdr` and `Elf64_Phdr`: what the loader maps. Sizes and offsets in bytes. */
export interface ElfSegment {
  /** `p_type`. */
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
  /** Shannon entropy of the segment's bytes in the file, 0 to 8 bits per byte; 0 where it has none. Reads them all: linear. */
  entropy(): number;
}

/** As bionic: no more than 64 KiB of them. */
const MAX_HEADERS_SIZE = 65_536;

/**
 * The program headers. The size of an entry is the class's own, whatever `e_phentsize` says: bionic refuses any other size (linker_phdr.cpp), so a stride of another
 * size is used only where the file claims one at least that large.
 */
export function readProgramHeaders(header: ElfHeader, diagnostics: Diagnostics): ElfSegment[] {
  const { fields, programHeaders: table } = header;
  const { bytes, bits, u32, word } = fields;
  const own = bits === 64 ? 56 : 32;
  const stride = Math.max(own, table.entrySize);
  const place = { offset: table.offset };
  if (table.entrySize !== own && table.count > 0) {
    diagnostics.warning('elf.header.entry-size', `program headers of ${table.entrySize} bytes, not ${own}`, place);
  }
  const segments: ElfSegment[] = [];
  for (let index = 0; index < table.count; index++) {
    const at = table.offset + index * stride;
    if (at + own > bytes.length || (index + 1) * own > MAX_HEADERS_SIZE) {
      const message = `${table.count} program headers announced, ${index} were read`;
      diagnostics.error('elf.program-headers.truncated', message, place);
      break;
    }
    const rest = bits === 64 ? at + 8 : at + 4;
    const size = fields.wordSize;
    const offset = word(rest);
    const fileSize = word(rest + 3 * size);
    segments.push({
      type: u32(at),
      flags: u32(bits === 64 ? at + 4 : at + 24),
      offset,
      address: word(rest + size),
      fileSize,
      memorySize: word(rest + 4 * size),
      alignment: word(bits === 64 ? at + 48 : at + 28),
      entropy: () => segmentEntropy(bytes, offset, fileSize),
    });
  }
  if (segments.length === 0 && header.type !== 'relocatable') {
    diagnostics.warning('elf.program-headers.none', 'no program headers: nothing here can be loaded');
  }
  reportLoads(segments, bytes.length, diagnostics);
  return segments;
}

function reportLoads(segments: readonly ElfSegment[], fileSize: number, diagnostics: Diagnostics): void {
  let end = 0;
  for (const segment of segments) {
    if (segment.type !== PT_LOAD) continue;
    const place = { offset: segment.offset };
    if (segment.address < end) {
      const message = `the segment at ${hex(segment.address)} overlaps the one mapped before it, which it replaces`;
      diagnostics.warning('elf.load.overlap', message, place);
    }
    if (segment.offset + segment.fileSize > fileSize) {
      const message = `a segment of ${segment.fileSize} bytes at ${segment.offset} in a file of ${fileSize}`;
      diagnostics.error('elf.load.truncated', message, { offset: Math.min(segment.offset, fileSize) });
    }
    if ((segment.flags & PF_W) !== 0 && (segment.flags & PF_X) !== 0) {
      diagnostics.warning(
        'elf.load.writable-code',
        'a segment is writable and executable: code may change itself',
        place,
      );
    }
    if (segment.fileSize > 0 && segment.offset % PAGE !== segment.address % PAGE) {
      diagnostics.warning('elf.load.misaligned', 'offset and address of a segment differ within their page', place);
    }
    end = Math.max(end, segment.address + segment.memorySize);
  }
}

/** The smallest page that Android maps. */
export const PAGE = 4_096;
