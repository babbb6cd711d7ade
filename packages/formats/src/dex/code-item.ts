import { u16At, u32At } from '@vedette/bytes';
import type { DexFile } from './dex-file.ts';

/** `code_item`: four 16-bit counts, debug offset, number of units; then the instructions. */
export const CODE_HEADER_SIZE = 16;

/** What stands before the instructions of a method. */
export interface CodeItem {
  /** In bytes from the start of the file. */
  readonly offset: number;
  readonly registers: number;
  /** Registers of the parameters, `this` included; the last of all registers. */
  readonly ins: number;
  /** Words that calls out of this method need. */
  readonly outs: number;
  readonly tries: number;
  readonly debugOffset: number;
  /** Code units as announced; `DecodedCode.lengths` has what is there. */
  readonly units: number;
}

/** The `code_item` of a defined method; null for abstract and native methods and for one outside of the file. */
export function codeItemOf(dex: DexFile, method: number): CodeItem | null {
  const offset = dex.methods.codeOffsets[method] ?? 0;
  if (offset === 0 || offset + CODE_HEADER_SIZE > dex.bytes.length) return null;
  const { bytes } = dex;
  return {
    offset,
    registers: u16At(bytes, offset),
    ins: u16At(bytes, offset + 2),
    outs: u16At(bytes, offset + 4),
    tries: u16At(bytes, offset + 6),
    debugOffset: u32At(bytes, offset + 8),
    units: u32At(bytes, offset + 12),
  };
}
