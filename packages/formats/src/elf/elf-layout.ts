import { ByteWriter } from '@vedette/bytes';
import { type ElfShape, type SegmentSpec, write16, write32, writeWord } from './elf-pieces.ts';
import { PT_LOAD } from './program-headers.ts';

/** One part of the file with its place; its bytes may be replaced by as many or fewer. */
export interface Piece {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

export interface ElfLayout {
  /** Puts bytes behind what is there. */
  add(name: string, bytes: Uint8Array): Piece;
  replace(piece: Piece | null, bytes: Uint8Array): void;
  patchWord(offset: number, value: number): void;
  end(): number;
  finish(file: {
    readonly type: number;
    readonly alignment: number;
    readonly sections: boolean | 'bogus';
    readonly trailing: Uint8Array;
    readonly segments: readonly SegmentSpec[];
  }): Uint8Array;
}

const SECTION_TYPES: Readonly<Record<string, number>> = { '.dynsym': 11, '.dynstr': 3, '.dynamic': 6, '.note': 7 };

/** Pieces one behind the other, after room for the header and `segments` program headers. */
export function createElfLayout(shape: ElfShape, segments: number): ElfLayout {
  const headerSize = shape.wide ? 64 : 52;
  const segmentSize = shape.wide ? 56 : 32;
  const pieces: Piece[] = [];
  let bytes: Uint8Array = new Uint8Array(headerSize + (segments + 1) * segmentSize);

  const append = (more: Uint8Array): number => {
    const offset = Math.ceil(bytes.length / 8) * 8;
    const longer = new Uint8Array(offset + more.length);
    longer.set(bytes);
    longer.set(more, offset);
    bytes = longer;
    return offset;
  };
  const put = (offset: number, out: ByteWriter): void => bytes.set(out.finish(), offset);

  return {
    add(name, content) {
      const piece = { name, offset: append(content), size: content.length };
      pieces.push(piece);
      return piece;
    },
    replace(piece, content) {
      if (piece === null) return;
      bytes.fill(0, piece.offset, piece.offset + piece.size);
      bytes.set(content.subarray(0, piece.size), piece.offset);
    },
    patchWord(offset, value) {
      const out = new ByteWriter();
      writeWord(out, shape, value);
      put(offset, out);
    },
    end: () => bytes.length,
    finish({ type, alignment, sections, trailing, segments: listed }) {
      const table = sections === false ? null : sectionTable(shape, pieces, append);
      const header = new ByteWriter();
      header
        .u8(0x7f)
        .latin1('ELF')
        .u8(shape.wide ? 2 : 1, shape.bigEndian ? 2 : 1, 1)
        .bytes(new Uint8Array(9));
      write16(header, shape, type);
      write16(header, shape, shape.machine);
      write32(header, shape, 1);
      const sectionsAt = sections === 'bogus' ? bytes.length * 16 : table === null ? 0 : append(table.bytes);
      for (const value of [0, headerSize, sectionsAt]) writeWord(header, shape, value);
      write32(header, shape, 0);
      const counts = [
        headerSize,
        segmentSize,
        listed.length,
        shape.wide ? 64 : 40,
        table?.count ?? 0,
        table?.names ?? 0,
      ];
      for (const value of counts) write16(header, shape, value);
      put(0, header);
      for (const [index, segment] of listed.entries()) {
        put(headerSize + index * segmentSize, programHeader(shape, segment, segment.type === PT_LOAD ? alignment : 4));
      }
      const whole = new Uint8Array(bytes.length + trailing.length);
      whole.set(bytes);
      whole.set(trailing, bytes.length);
      return whole;
    },
  };
}

function programHeader(shape: ElfShape, segment: SegmentSpec, alignment: number): ByteWriter {
  const out = new ByteWriter();
  write32(out, shape, segment.type);
  if (shape.wide) write32(out, shape, segment.flags);
  for (const value of [segment.offset, segment.address, segment.address, segment.fileSize, segment.memorySize]) {
    writeWord(out, shape, value);
  }
  if (!shape.wide) write32(out, shape, segment.flags);
  writeWord(out, shape, alignment);
  return out;
}

function sectionTable(
  shape: ElfShape,
  pieces: readonly Piece[],
  append: (bytes: Uint8Array) => number,
): { readonly bytes: Uint8Array; readonly count: number; readonly names: number } {
  const names = `\0${[...pieces.map(({ name }) => name), '.shstrtab'].join('\0')}\0`;
  const namesAt = append(new TextEncoder().encode(names));
  const out = new ByteWriter();
  out.bytes(new Uint8Array(shape.wide ? 64 : 40));
  for (const { name, offset, size } of [...pieces, { name: '.shstrtab', offset: namesAt, size: names.length }]) {
    write32(out, shape, names.indexOf(`\0${name}\0`) + 1);
    write32(out, shape, SECTION_TYPES[name] ?? (name === '.shstrtab' ? 3 : 1));
    for (const value of [2, offset, offset, size]) writeWord(out, shape, value);
    write32(out, shape, 0);
    write32(out, shape, 0);
    writeWord(out, shape, 8);
    writeWord(out, shape, 0);
  }
  return { bytes: out.finish(), count: pieces.length + 2, names: pieces.length + 1 };
}
