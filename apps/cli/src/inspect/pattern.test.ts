import { describe, expect, it } from 'vitest';
import { matcher } from './pattern.ts';

describe('matcher', () => {
  it.each([
    ['main', 'com.example.MainActivity', true],
    ['main', 'com.example.Other', false],
    ['com.*.Main', 'com.example.a.Main', true],
    ['com.*.Main', 'com.example.a.Mains', false],
    ['com.*.Main', 'org.com.x.Main', false],
    ['*http*', 'see http://x', true],
    ['a*a', 'a', false],
    ['*', '', true],
    ['/^com\\.[a-z]+$/', 'com.abc', true],
    ['/^com\\.[a-z]+$/', 'com.abc.d', false],
    ['/', 'a/b', true],
  ])('%s in %s: %s', (pattern, text, expected) => {
    expect(matcher(pattern)(text)).toBe(expected);
  });

  it('refuses what is no regular expression, in one line', () => {
    expect(() => matcher('/(/')).toThrow(/^\/\(\/ is no regular expression: /);
  });

  it('does not slow down with many stars', () => {
    expect(matcher('*a'.repeat(40))('a'.repeat(10_000) + 'b')).toBe(false);
  });
});
