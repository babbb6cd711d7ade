import { describe, expect, it } from 'vitest';
import { createDiagnostics } from './diagnostics.ts';

describe('createDiagnostics', () => {
  it('keeps the first of each kind and sums up the rest', () => {
    const diagnostics = createDiagnostics(2);
    for (let index = 0; index < 1_000; index++) diagnostics.warning('a.b', `number ${index}`);
    diagnostics.note('c.d', 'one');
    expect(diagnostics.list().map(({ message }) => message)).toEqual([
      'number 0',
      'number 1',
      'one',
      '998 more of this kind are not listed',
    ]);
    expect([diagnostics.count('a.b'), diagnostics.has('c.d'), diagnostics.has('e.f')]).toEqual([1_000, true, false]);
  });

  it('says where inner diagnostics are from', () => {
    const diagnostics = createDiagnostics();
    diagnostics.addAll(
      [
        { id: 'a', level: 'note', message: 'm' },
        { id: 'b', level: 'note', message: 'm', where: 'inner' },
      ],
      'outer',
    );
    expect(diagnostics.list().map(({ where }) => where)).toEqual(['outer', 'outer!/inner']);
  });
});
