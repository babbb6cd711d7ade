import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentError } from './agent-error.ts';
import { parseEnrolmentLink, parseServerAddress } from './enrolment-link.ts';

const TOKEN = 'abcdefghijklmnop';

/** Pieces that links are made of, and pieces that are not. */
const PART = fc.oneof(
  fc.constantFrom(
    'https://',
    'http://',
    'mtd.example.org',
    '/enrol',
    '#t=',
    TOKEN,
    '?',
    '@',
    ':',
    '%',
    '[::1]',
    '#',
    '/',
  ),
  fc.string({ maxLength: 10 }),
);

describe('parseEnrolmentLink', () => {
  it('reads server and token', () => {
    expect(parseEnrolmentLink(`https://mtd.example.org/enrol#t=${TOKEN}`)).toEqual({
      server: 'https://mtd.example.org',
      token: TOKEN,
    });
    expect(parseEnrolmentLink(`https://example.org:8443/mtd/enrol#t=${TOKEN}`).server).toBe(
      'https://example.org:8443/mtd',
    );
    expect(parseEnrolmentLink(`http://localhost:8080/enrol#t=${TOKEN}`).server).toBe('http://localhost:8080');
  });

  it.each([
    ['no token', 'https://mtd.example.org/enrol'],
    ['a token in the query, where servers log it', `https://mtd.example.org/enrol?t=${TOKEN}`],
    ['a short token', 'https://mtd.example.org/enrol#t=short'],
    ['another page', `https://mtd.example.org/devices#t=${TOKEN}`],
    ['no link', 'enrol'],
  ])('refuses a link with %s', (_what, link) => {
    expect(() => parseEnrolmentLink(link)).toThrow(expect.objectContaining({ code: 'link-invalid' }));
  });

  it('never fails but with an AgentError', () => {
    fc.assert(
      fc.property(fc.array(PART, { maxLength: 8 }), (parts) => {
        const link = parts.join('');
        try {
          parseEnrolmentLink(link);
        } catch (error) {
          expect(error).toBeInstanceOf(AgentError);
        }
      }),
    );
  });
});

describe('parseServerAddress', () => {
  it('takes plain http for this machine only, unless told otherwise', () => {
    expect(parseServerAddress('http://127.0.0.1:8080/')).toBe('http://127.0.0.1:8080');
    expect(parseServerAddress('http://[::1]:8080')).toBe('http://[::1]:8080');
    expect(() => parseServerAddress('http://mtd.example.org')).toThrow(expect.objectContaining({ code: 'plain-http' }));
    expect(() => parseServerAddress('http://localhost.example.org')).toThrow(
      expect.objectContaining({ code: 'plain-http' }),
    );
    expect(parseServerAddress('http://mtd.example.org', true)).toBe('http://mtd.example.org');
  });

  it.each([
    'mtd.example.org',
    'ftp://mtd.example.org',
    'https://me:secret@mtd.example.org',
    'https://mtd.example.org/?a=b',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseServerAddress(text)).toThrow(expect.objectContaining({ code: 'server-invalid' }));
  });
});
