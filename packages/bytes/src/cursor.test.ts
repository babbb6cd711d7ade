import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';
import { Cursor } from './cursor.ts';

describe('Cursor', () => {
  it('reads numbers little-endian and moves behind them', () => {
    const cursor = new Cursor(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 0xff, 0xff, 0xff, 0xff));
    expect([cursor.u8(), cursor.u16(), cursor.u32(), cursor.i32(), cursor.offset]).toEqual([
      1, 0x0302, 0x07060504, -1, 11,
    ]);
    expect(cursor.truncated).toBe(false);
  });

  it('gives zero beyond its window, remembers it, and does not read into the bytes behind', () => {
    const cursor = new Cursor(Uint8Array.of(1, 2, 3, 4, 5, 6), 1, 4);
    expect(cursor.u32()).toBe(0);
    expect([cursor.truncated, cursor.offset, cursor.u8()]).toEqual([true, 4, 0]);
  });

  it('marks a sub-cursor that is longer than what is left', () => {
    const cursor = new Cursor(Uint8Array.of(1, 2, 3));
    const inner = cursor.sub(8);
    expect([inner.truncated, inner.remaining, cursor.truncated]).toEqual([true, 3, true]);
  });

  it('reads the signed LEB128 examples of the DEX specification', () => {
    const examples = [[0], [1], [0x7f], [0x80, 0x7f]];
    expect(examples.map((bytes) => new Cursor(Uint8Array.from(bytes)).sleb128())).toEqual([0, 1, -1, -128]);
  });

  it('stops an endless LEB128 after five bytes', () => {
    const cursor = new Cursor(new Uint8Array(20).fill(0xff));
    expect([cursor.uleb128(), cursor.offset]).toEqual([0xffff_ffff, 5]);
  });

  it('reads back every unsigned LEB128 that the writer makes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), (value) => {
        expect(new Cursor(new ByteWriter().uleb128(value).finish()).uleb128()).toBe(value);
      }),
    );
  });

  it('stays in its window whatever is asked of it', () => {
    const operation = fc.oneof(
      fc
        .constantFrom('u8', 'u16', 'u32', 'u64', 'uleb128', 'sleb128')
        .map((name) => (cursor: Cursor) => cursor[name]()),
      fc.integer().map((count) => (cursor: Cursor) => cursor.skip(count)),
      fc.integer().map((offset) => (cursor: Cursor) => cursor.seek(offset)),
      fc.integer().map((count) => (cursor: Cursor) => cursor.take(count).length),
      fc.integer({ max: 100 }).map((count) => (cursor: Cursor) => cursor.sub(count).u32()),
      fc.integer({ max: 100 }).map((count) => (cursor: Cursor) => cursor.utf16(count)),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.integer(),
        fc.integer(),
        fc.array(operation),
        (bytes, start, end, operations) => {
          const cursor = new Cursor(bytes, start, end);
          for (const apply of operations) {
            apply(cursor);
            expect(cursor.offset).toBeGreaterThanOrEqual(cursor.start);
            expect(cursor.offset).toBeLessThanOrEqual(cursor.end);
          }
        },
      ),
    );
  });
});
