import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerBits, oidText } from './der-values.ts';
import { der, derInteger, derOctets, derOid, derSequence } from './der-writer.ts';
import { derBytes, derChildren, derContent, octets, readDerNode } from './read-der.ts';

function node(bytes: Uint8Array): NonNullable<ReturnType<typeof readDerNode>> {
  const found = readDerNode(bytes);
  if (found === null) throw new Error('there is no value');
  return found;
}

describe('readDerNode', () => {
  it('reads back what the writer wrote, of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 6 }), fc.nat(0x1d), (parts, tag) => {
        const whole = der(0x30, ...parts.map((part) => der(tag, part)));
        const root = node(whole);
        expect([root.whole, root.end]).toEqual([true, whole.length]);
        expect(derChildren(root).map((child) => [...derContent(child)])).toEqual(parts.map((part) => [...part]));
      }),
    );
    expect(derBytes(node(derOctets(new Uint8Array(70_000)))).length).toBe(70_000 + 5);
  });

  it('measures indefinite lengths, and cuts lengths that lead out of the parent', () => {
    const inner = derOctets(Uint8Array.of(1, 2));
    const root = node(Uint8Array.from([0x30, 0x80, ...inner, 0, 0, 9, 9]));
    expect([derContent(root), root.end, root.whole]).toEqual([inner, 8, true]);
    expect(node(Uint8Array.from([0x30, 0x80, ...inner]))).toMatchObject({ whole: false, end: 6 });
    const liar = node(Uint8Array.of(0x30, 3, 4, 9, 7));
    expect(derChildren(liar)[0]).toMatchObject({ whole: false, contentStart: 4, contentEnd: 5 });
  });

  it('joins OCTET STRINGs in parts', () => {
    const parts = [
      0x24,
      0x80,
      ...derOctets(Uint8Array.of(1)),
      0x24,
      0x80,
      ...derOctets(Uint8Array.of(2, 3)),
      0,
      0,
      0,
      0,
    ];
    expect([...octets(node(Uint8Array.from(parts)))]).toEqual([1, 2, 3]);
    expect([...octets(node(derOctets(Uint8Array.of(4))))]).toEqual([4]);
  });

  it('is done with values within values in bounded time, and never leaves its window', () => {
    const deep = new Uint8Array(200_000).map((_, index) => (index % 2 === 0 ? 0x30 : 0x80));
    expect(readDerNode(deep)?.whole).toBe(false);
    expect(readDerNode(Uint8Array.of(0x30))).toBeNull();
    expect(readDerNode(derSequence(derOctets(new Uint8Array(9))), 2, 4)).toMatchObject({ contentEnd: 4, whole: false });
  });
});

describe('values', () => {
  it('reads object identifiers and the length of numbers', () => {
    for (const oid of ['1.2.840.113549.1.7.2', '2.16.840.1.101.3.4.2.1', '2.999.3', '0.9.2342'])
      expect(oidText(node(derOid(oid)))).toBe(oid);
    expect([1, 255, 256, 65_537].map((value) => integerBits(node(derInteger(value))))).toEqual([1, 8, 9, 17]);
  });
});
