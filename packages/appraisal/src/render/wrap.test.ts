import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, squeeze, wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three', 11, '  ')).toEqual(['  one two', '  three']);
  });

  it('keeps to the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 12, max: 120 }), (text, width) => {
        const lines = wrap(text, width, '  ');
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});

describe('squeeze', () => {
  it('cuts in the middle, to exactly the width', () => {
    expect(squeeze('com.example.app.Main', 11)).toBe('com.e….Main');
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 80 }), (text, width) => {
        expect(squeeze(text, width).length).toBe(Math.min(text.length, width));
      }),
    );
  });
});

it('counts', () => {
  expect([count(1, 'file'), count(0, 'file'), count(12_345, 'file')]).toEqual(['1 file', '0 files', '12,345 files']);
});
