import { describe, expect, it } from 'vitest';
import { compact, oneOf, textOf } from './search-state.ts';

describe('textOf', () => {
  it('takes text and what the router made of digits, and drops the rest', () => {
    expect(textOf('pixel')).toBe('pixel');
    expect(textOf(123)).toBe('123');
    expect(textOf('   ')).toBeUndefined();
    expect(textOf({ a: 1 })).toBeUndefined();
    expect(textOf(null)).toBeUndefined();
  });
  it('bounds what a link may bring', () => {
    expect(textOf('x'.repeat(10_000))).toHaveLength(200);
  });
});

describe('oneOf', () => {
  it('lets only known values through', () => {
    expect(oneOf('android', ['android', 'ios'])).toBe('android');
    expect(oneOf('windows', ['android', 'ios'])).toBeUndefined();
    expect(oneOf(undefined, ['android'])).toBeUndefined();
  });
});

describe('compact', () => {
  it('keeps the URL free of what is not set', () => {
    expect(compact({ q: 'a', risk: undefined })).toEqual({ q: 'a' });
    expect(Object.keys(compact({ q: undefined }))).toEqual([]);
  });
});
