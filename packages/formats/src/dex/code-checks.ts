import { Cursor, type Diagnostics, u16At, u32At } from '@vedette/bytes';
import { CODE_HEADER_SIZE } from './code-item.ts';
import type { DexHeader } from './dex-header.ts';
import { triesOffset } from './try-blocks.ts';

/** Code of one method longer than this cannot come from a Java class file (JVMS 4.7.3: 65,535 bytes). */
const LARGE_METHOD = 65_536;
/** More try blocks than any compiler made of one method; the format allows 65,535. */
const MANY_TRIES = 10_000;

const NONE: readonly number[] = [];

export interface CodeChecks {
  /** What the `code_item` at `offset` says of itself, against the file; whether it is seen for the first time. */
  item(method: number, offset: number, units: number): boolean;
  /** Where the handlers of a method begin; reports try blocks that are not what they say. */
  handlers(offset: number, units: number, length: number, isBoundary: (address: number) => boolean): readonly number[];
}

/** Checks of `code_item`s that cost a few reads per method. */
export function createCodeChecks(bytes: Uint8Array, header: DexHeader, diagnostics: Diagnostics): CodeChecks {
  // One bit per four bytes of the file: where a code_item was met.
  const met = new Uint32Array(Math.ceil(bytes.length / 128));
  const { dataOffset, dataSize, version } = header;
  const checksData = version !== '041' && dataSize > 0;

  return {
    item(method, offset, units) {
      const slot = offset >>> 2;
      const bit = 1 << (slot & 31);
      const isFirst = ((met[slot >>> 5] ?? 0) & bit) === 0;
      met[slot >>> 5] = (met[slot >>> 5] ?? 0) | bit;
      const debugOffset = u32At(bytes, offset + 8);
      const badDebug = debugOffset !== 0 && (debugOffset >= bytes.length || debugOffset < header.headerSize);
      const isOutside = checksData && (offset < dataOffset || offset >= dataOffset + dataSize);
      const badRegisters = u16At(bytes, offset + 2) > u16At(bytes, offset);
      const isOrdinary = isFirst && (offset & 3) === 0 && units > 0 && units <= LARGE_METHOD;
      if (isOrdinary && !badDebug && !isOutside && !badRegisters) return true;

      const place = { offset };
      if (!isFirst) diagnostics.note('dex.code.shared', `method ${method} has the code of another one`, place);
      if ((offset & 3) !== 0)
        diagnostics.warning('dex.code.alignment', 'code at an address that is no multiple of four', place);
      if (isOutside) {
        diagnostics.warning(
          'dex.code.outside-data',
          `the code of method ${method} is outside of the data section`,
          place,
        );
      }
      if (units === 0) diagnostics.warning('dex.code.empty', `the code of method ${method} has no instructions`, place);
      if (units > LARGE_METHOD) {
        diagnostics.warning('dex.code.large', `method ${method} has ${units} code units, more than Java allows`, place);
      }
      if (badDebug) {
        const message = `debug information of method ${method} is said to be at ${debugOffset}`;
        diagnostics.warning('dex.debug-info.offset', message, place);
      }
      if (badRegisters) {
        diagnostics.warning('dex.code.registers', `method ${method} has fewer registers than parameters`, place);
      }
      return isFirst;
    },

    handlers(offset, units, length, isBoundary) {
      const tries = u16At(bytes, offset + 6);
      if (tries === 0) return NONE;
      const first = triesOffset(offset, units);
      const place = { offset: first };
      if (tries > MANY_TRIES) diagnostics.warning('dex.code.many-tries', `${tries} try blocks in one method`, place);
      const list = first + tries * 8;
      if (list >= bytes.length) {
        diagnostics.warning('dex.code.tries', `${tries} try blocks announced, more than the file has room for`, place);
        return [];
      }
      let previousEnd = 0;
      for (let at = first; at < list; at += 8) {
        const start = u32At(bytes, at);
        const end = start + u16At(bytes, at + 4);
        if (start < previousEnd || end > length || start >= end) {
          diagnostics.warning('dex.code.tries', `a try block covers ${start} to ${end} of ${length} units`, {
            offset: at,
          });
        } else if (!isBoundary(start) || (end < length && !isBoundary(end))) {
          const message = `a try block from ${start} to ${end} begins or ends inside of an instruction`;
          diagnostics.warning('dex.code.try-inside', message, { offset: at });
        }
        previousEnd = end;
      }
      return readHandlerAddresses(bytes, list, length, diagnostics);
    },
  };
}

/**
 * Addresses of the `encoded_catch_handler_list` at `offset`, read once from its start: no more than its bytes can hold.
 * Numbers are taken apart in place, as nearly all have one byte and this runs for every method with a `try`.
 */
function readHandlerAddresses(bytes: Uint8Array, offset: number, length: number, diagnostics: Diagnostics): number[] {
  const addresses: number[] = [];
  const size = bytes.length;
  let at = offset;
  let isOutside = false;
  let beyond = false;
  const uleb128 = (): number => {
    let value = 0;
    if (at >= size) isOutside = true;
    for (let shift = 0; shift < 35 && at < size; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  };
  const address = (): void => {
    const value = uleb128();
    addresses.push(value);
    if (value >= length) beyond = true;
  };
  for (let lists = uleb128(); lists > 0 && addresses.length <= length; lists--) {
    if (isOutside) break;
    const first = bytes[at] ?? 0;
    let count = (first << 25) >> 25;
    if (first < 0x80) at += 1;
    else {
      const cursor = new Cursor(bytes, at);
      count = cursor.sleb128();
      at = cursor.offset;
    }
    for (let left = Math.abs(count); left > 0 && addresses.length <= length; left--) {
      if (isOutside) break;
      uleb128();
      address();
    }
    if (count <= 0) address();
  }
  if (isOutside || beyond) {
    diagnostics.warning('dex.code.tries', 'a handler is outside of its method or of the file', { offset });
  }
  return addresses;
}

/** Units that reading the try blocks of a method is charged with: those they take, as far as they are in the file. */
export function triesCharge(bytes: Uint8Array, offset: number): number {
  return Math.min(u16At(bytes, offset + 6) * 4, bytes.length >> 1) + CODE_HEADER_SIZE;
}
