import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachLine, MAX_LINE_LENGTH } from './lines.ts';

function linesOf(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  forEachLine(bytes, (text, number) => {
    lines.push(text);
    expect(number).toBe(lines.length);
  });
  return lines;
}

describe('forEachLine', () => {
  it('gives the lines of any text, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 60 }), (parts) => {
        const lines = parts.map((part) => part.replace(/[\r\n\ufeff]/g, '')).filter((part) => part !== '');
        expect(linesOf(new TextEncoder().encode(lines.join('\n')))).toEqual(lines);
      }),
    );
  });

  it('keeps lines whole across the border of a chunk', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index} ${'ä'.repeat(index % 40)}`);
    expect(linesOf(new TextEncoder().encode(`${lines.join('\r\n')}\r\n`))).toEqual(lines);
  });

  it('cuts a line that never ends and goes on after it', () => {
    const bytes = new TextEncoder().encode(`${'x'.repeat(300_000)}\nnext\n`);
    const [long, next] = linesOf(bytes);
    expect(long?.length).toBe(MAX_LINE_LENGTH);
    expect(next).toBe('next');
  });

  it('reads bytes that are no UTF-8 without failing', () => {
    expect(linesOf(new Uint8Array([0x61, 0xff, 0x0a, 0x62]))).toEqual(['a\ufffd', 'b']);
  });

  it('stops when told to', () => {
    const seen: string[] = [];
    forEachLine(new TextEncoder().encode('a\nb\nc'), (text) => {
      seen.push(text);
      return text !== 'b';
    });
    expect(seen).toEqual(['a', 'b']);
  });
});
