import { createDiagnostics } from '@vedette/bytes';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtoCursor } from './proto-cursor.ts';
import { ProtoWriter } from './proto-writer.ts';

function open(bytes: Uint8Array): { cursor: ProtoCursor; ids: () => string[] } {
  const diagnostics = createDiagnostics();
  const cursor = new ProtoCursor(bytes, { start: 0, end: bytes.length }, diagnostics);
  return { cursor, ids: () => diagnostics.list().map(({ id }) => id) };
}

describe('ProtoCursor', () => {
  it('reads back numbers and texts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.maxSafeNat(), fc.string({ unit: 'grapheme' })), { maxLength: 20 }), (values) => {
        const out = new ProtoWriter();
        for (const [index, value] of values.entries()) {
          if (typeof value === 'number') out.varint(index + 1, value);
          else out.text(index + 1, value);
        }
        const { cursor, ids } = open(out.finish());
        const read: (number | string)[] = [];
        while (cursor.next()) {
          expect(cursor.field).toBe(read.length + 1);
          read.push(cursor.wireType === 2 ? cursor.text() : cursor.number());
        }
        expect([read, ids()]).toEqual([values, []]);
      }),
      { numRuns: 100 },
    );
  });

  it('reads negative numbers as two’s complement of 64 bits', () => {
    const { cursor } = open(new ProtoWriter().varint(1, -5).finish());
    expect([cursor.next(), cursor.low() | 0, cursor.number() > 2 ** 63]).toEqual([true, -5, true]);
  });

  it('skips groups, and what is in them', () => {
    // Field 1 starts a group that holds field 2 and another group, then field 3 follows: 7.
    const { cursor, ids } = open(Uint8Array.from([0x0b, 0x10, 1, 0x13, 0x14, 0x0c, 0x18, 7]));
    expect([cursor.next(), cursor.field, cursor.low(), cursor.next(), ids()]).toEqual([true, 3, 7, false, []]);
  });

  it('ends a message where it is damaged, with one diagnostic', () => {
    const cases = [
      [0x08],
      [0x0a, 5, 1],
      [0x0d, 1],
      [0x09, 1],
      [0x00],
      [0x0f],
      [0x0b, 0x08, 1],
      [0x08, ...Array.from({ length: 11 }, () => 0x80)],
    ];
    for (const bytes of cases) {
      const { cursor, ids } = open(Uint8Array.from(bytes));
      expect([cursor.next(), cursor.next(), ids()], bytes.join()).toEqual([false, false, ['protobuf.damaged']]);
    }
  });

  it('gives nothing where the wire type is another', () => {
    const { cursor } = open(new ProtoWriter().varint(1, 7).text(2, 'x').finish());
    cursor.next();
    expect([cursor.text(), cursor.view().length, cursor.message().next()]).toEqual(['', 0, false]);
    cursor.next();
    expect([cursor.number(), cursor.low()]).toEqual([0, 0]);
  });

  it('never throws and always ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { cursor } = open(bytes);
        let fields = 0;
        while (cursor.next()) {
          fields += 1;
          cursor.text();
          for (const inner = cursor.message(); inner.next(); ) fields += 1;
        }
        expect(fields).toBeLessThanOrEqual(bytes.length * 2);
      }),
      { numRuns: 300 },
    );
  });
});
