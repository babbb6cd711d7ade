import { ByteWriter } from '@vedette/bytes';
import { relativeRelocation } from './elf-header.ts';

/** What every piece of a file depends on. */
export interface ElfShape {
  /** 64 bits. */
  readonly wide: boolean;
  readonly bigEndian: boolean;
  readonly machine: number;
}

export interface SegmentSpec {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export interface RelocationSpec {
  readonly address: number;
  readonly addend: number;
}

export function write16(out: ByteWriter, { bigEndian }: ElfShape, value: number): void {
  if (bigEndian) out.u8((value >>> 8) & 0xff, value & 0xff);
  else out.u16(value);
}

export function write32(out: ByteWriter, { bigEndian }: ElfShape, value: number): void {
  if (bigEndian) out.u8((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  else out.u32(value);
}

/** An address, offset or size: four or eight bytes. */
export function writeWord(out: ByteWriter, shape: ElfShape, value: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  if (!shape.wide) write32(out, shape, value >>> 0);
  else if (shape.bigEndian) {
    write32(out, shape, high);
    write32(out, shape, value >>> 0);
  } else out.u32(value >>> 0, high);
}

/** Symbols: the empty one, imports, then exports as functions of four bytes. */
export function writeSymbols(
  shape: ElfShape,
  spec: {
    readonly imports: readonly string[];
    readonly exports: readonly string[];
    readonly strings: (name: string) => number;
    readonly address: (index: number) => number;
  },
): Uint8Array {
  const out = new ByteWriter();
  out.bytes(new Uint8Array(shape.wide ? 24 : 16));
  const GLOBAL_FUNCTION = 0x12;
  const symbol = (name: string, section: number, address: number): void => {
    write32(out, shape, spec.strings(name));
    const size = section === 0 ? 0 : 4;
    if (shape.wide) {
      out.u8(GLOBAL_FUNCTION, 0);
      write16(out, shape, section);
      writeWord(out, shape, address);
      writeWord(out, shape, size);
    } else {
      write32(out, shape, address);
      write32(out, shape, size);
      out.u8(GLOBAL_FUNCTION, 0);
      write16(out, shape, section);
    }
  };
  for (const name of spec.imports) symbol(name, 0, 0);
  for (const [index, name] of spec.exports.entries()) symbol(name, 1, spec.address(index));
  return out.finish();
}

/** `DT_HASH` of one bucket: right in its counts, all symbols in one chain. */
export function sysvHashTable(shape: ElfShape, symbols: number): Uint8Array {
  const out = new ByteWriter();
  for (const value of [1, symbols, symbols > 1 ? 1 : 0]) write32(out, shape, value);
  for (let index = 0; index < symbols; index++)
    write32(out, shape, index === 0 || index + 1 === symbols ? 0 : index + 1);
  return out.finish();
}

/** `DT_GNU_HASH` of one bucket and a filter that lets all pass. */
export function gnuHashTable(shape: ElfShape, firstHashed: number, names: readonly string[]): Uint8Array {
  const out = new ByteWriter();
  for (const value of [1, firstHashed, 1, 0]) write32(out, shape, value);
  write32(out, shape, 0xffff_ffff);
  if (shape.wide) write32(out, shape, 0xffff_ffff);
  write32(out, shape, names.length === 0 ? 0 : firstHashed);
  for (const [index, name] of names.entries()) {
    const hash = gnuHash(name);
    write32(out, shape, index + 1 === names.length ? (hash | 1) >>> 0 : (hash & ~1) >>> 0);
  }
  return out.finish();
}

function gnuHash(name: string): number {
  let hash = 5381;
  for (const byte of new TextEncoder().encode(name)) hash = (Math.imul(hash, 33) + byte) >>> 0;
  return hash;
}

/** RELA of 64 bits, REL of 32: as Android's linkers expect. */
export function plainRelocations(shape: ElfShape, rows: readonly RelocationSpec[]): Uint8Array {
  const out = new ByteWriter();
  for (const { address, addend } of rows) {
    writeWord(out, shape, address);
    writeWord(out, shape, Math.max(0, relativeRelocation(shape.machine)));
    if (shape.wide) writeWord(out, shape, addend);
  }
  return out.finish();
}

/** RELR: addresses alone, no bitmaps; those are for `relrBitmap`. */
export function relrTable(shape: ElfShape, rows: readonly RelocationSpec[]): Uint8Array {
  const out = new ByteWriter();
  const word = shape.wide ? 8 : 4;
  const addresses = rows.map(({ address }) => address).toSorted((a, b) => a - b);
  for (let index = 0; index < addresses.length; ) {
    const start = addresses[index] ?? 0;
    writeWord(out, shape, start);
    index += 1;
    let bitmap = 1;
    // Up to 30 words that follow fit the lower half of a bitmap.
    for (let next = addresses[index]; next !== undefined && next < start + word * 31; next = addresses[++index]) {
      bitmap |= 2 << ((next - start) / word - 1);
    }
    if (bitmap !== 1) writeWord(out, shape, bitmap >>> 0);
  }
  return out.finish();
}

/** `APS2`: one group, all of one type, each with its own offset and, of 64 bits, addend. */
export function packedRelocations(shape: ElfShape, rows: readonly RelocationSpec[]): Uint8Array {
  const out = new ByteWriter();
  out.latin1('APS2');
  sleb128(out, rows.length);
  sleb128(out, 0);
  sleb128(out, rows.length);
  sleb128(out, shape.wide ? 9 : 1);
  sleb128(out, Math.max(0, relativeRelocation(shape.machine)));
  let [address, addend] = [0, 0];
  for (const row of rows) {
    sleb128(out, row.address - address);
    if (shape.wide) sleb128(out, row.addend - addend);
    ({ address, addend } = row);
  }
  return out.finish();
}

function sleb128(out: ByteWriter, value: number): void {
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
    out.u8(done ? byte : byte | 0x80);
    if (done) return;
  }
}

/** A note: sizes, type, name, content, each padded to four bytes. */
export function note(
  out: ByteWriter,
  shape: ElfShape,
  { name, type, content }: { readonly name: string; readonly type: number; readonly content: Uint8Array },
): void {
  for (const value of [name.length + 1, content.length, type]) write32(out, shape, value);
  out.latin1(name).u8(0).align(4).bytes(content).align(4);
}
