import { describe, expect, it } from 'vitest';
import { chainOf, isServersLack, reasonWords } from './attestation-words.ts';

describe('reasonWords', () => {
  it('says what a refusal means, and shows an unknown reason as it is', () => {
    expect(reasonWords('revoked')).toContain('stolen');
    expect(reasonWords('a-new-reason')).toBe('a new reason.');
  });
});

describe('chainOf', () => {
  it('reads subjects from the root down, and nothing from what is no chain', () => {
    expect(chainOf({ fields: { chain: [{ subject: 'leaf' }, { subject: 'root' }] } })).toEqual(['root', 'leaf']);
    expect(chainOf({ fields: { chain: 'root' } })).toEqual([]);
    expect(chainOf({ fields: { chain: [null, 'x', { subject: 1 }] } })).toEqual([]);
  });
});

describe('isServersLack', () => {
  it('is no refusal of the device', () => {
    expect(isServersLack({ accepted: false, reasons: ['revocation-list-missing'] })).toBe(true);
    expect(isServersLack({ accepted: false, reasons: ['revocation-list-missing', 'revoked'] })).toBe(false);
    expect(isServersLack({ accepted: true, reasons: [] })).toBe(false);
  });
});
