import { describe, expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['com.example.Main', 'com.example.Main', true],
    ['com.example.Main', 'com.example.main', false],
    ['com.example.*', 'com.example.Main', true],
    ['com.example.*', 'com.example.ui.Main', false],
    ['com.example.**', 'com.example.ui.Main', true],
    ['com.**.Main', 'com.a.b.Main', true],
    ['*', 'classes', true],
    ['*', 'classes.dex', false],
    ['**', 'lib/arm64-v8a/libx.so', true],
    ['**', '', true],
    ['', '', true],
    ['', 'a', false],
    ['assets/*.?s', 'assets/a.js', true],
    ['assets/*.?s', 'assets/a/b.js', false],
    ['assets/*?js', 'assets/abjs', true],
    ['assets/**js', 'assets/a.js', true],
    ['classes?.dex', 'classes2.dex', true],
    ['classes?.dex', 'classes/.dex', false],
    // Nothing of a regular expression has a meaning.
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['(', '(', true],
  ])('%s on %s: %s', (glob, text, fits) => {
    expect(matchesGlob(glob, text)).toBe(fits);
  });

  it('takes no time that grows without bound on a pattern made to', () => {
    expect(matchesGlob('**a'.repeat(100), `${'a'.repeat(300)}b`)).toBe(false);
  });
});
