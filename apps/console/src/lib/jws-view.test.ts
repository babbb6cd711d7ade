import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewJws } from './jws-view.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('viewJws', () => {
  it('shows header and payload as indented JSON, letters beyond ASCII intact', () => {
    const view = viewJws(`${encode({ alg: 'ES256' })}.${encode({ note: 'Zürich – ok' })}.c2ln`);
    expect(view).toEqual({
      header: '{\n  "alg": "ES256"\n}',
      payload: '{\n  "note": "Zürich – ok"\n}',
      signature: 'c2ln',
    });
  });
  it('says what is wrong instead of throwing', () => {
    expect(viewJws('a.b')).toEqual({ error: 'A compact JWS has three parts, this has 2.' });
    expect(viewJws('%%.b.c')).toHaveProperty('error');
  });
  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof viewJws(text)).toBe('object');
      }),
    );
  });
});
