import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from './printable.ts';

/** Up to U+2FFF there is all that terminals obey and most of what hides text. (The arbitrary for whole Unicode is slow to set up.) */
const anyText = fc.array(fc.nat(0x2fff), { maxLength: 60 }).map((codes) => String.fromCodePoint(...codes));

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
