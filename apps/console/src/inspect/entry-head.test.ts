import { describe, expect, it } from 'vitest';
import { hexDump, textOfHead } from './entry-head.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('hexDump', () => {
  it('is sixteen bytes a line, in the manner of hexdump', () => {
    expect(hexDump(bytes('abcdefghijklmnopq\u0001'))).toBe(
      '000000  61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop\n' +
        `000010  71 01${' '.repeat(18)}  ${' '.repeat(23)}  q.`,
    );
    expect(hexDump(new Uint8Array(0))).toBe('');
  });
});

describe('textOfHead', () => {
  it('is the text, without a character that the cut went through', () => {
    expect(textOfHead(bytes('line\n\tnext'))).toBe('line\n\tnext');
    expect(textOfHead(bytes('price 5 €').subarray(0, 9))).toBe('price 5 ');
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['control characters', bytes('a\u0000b')],
    ['what is no UTF-8', Uint8Array.of(0x61, 0xff, 0x61, 0x61, 0x61, 0x61)],
  ])('is null for %s', (_, input) => {
    expect(textOfHead(input)).toBeNull();
  });
});
