import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from './printable.ts';
import { anyText } from './testing/any-text.ts';

it('shows what a terminal would obey or hide', () => {
  expect(printable('a\u001b[31mb\u202Ec\u200bd')).toBe('a\\u001b[31mb\\u202ec\\u200bd');
});

it('leaves ordinary text in any script alone', () => {
  expect(printable('Überweisung 振替 перевод 👍')).toBe('Überweisung 振替 перевод 👍');
});

it('never lets a control character through', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // oxlint-disable-next-line no-control-regex
      expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    }),
  );
});
