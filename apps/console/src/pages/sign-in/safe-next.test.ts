import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

describe('safeNext', () => {
  it('goes back to a page of the console', () => {
    expect(safeNext('/devices?risk=high')).toBe('/devices?risk=high');
  });
  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil',
    '/\t/evil.example',
    '/signin?next=/signin',
    'javascript:alert(1)',
  ])('does not follow %j', (next) => {
    expect(safeNext(next)).toBe('/');
  });
});
