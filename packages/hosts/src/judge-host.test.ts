import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHostTarget } from './host-target.ts';
import { judgeHost } from './judge-host.ts';
import { type HostContext, isUnder } from './reason.ts';
import { editDistance } from './rules/edit-distance.ts';
import { latinOf, skeletonOf } from './rules/skeleton.ts';

const own: HostContext = { ownDomains: ['contoso.com', 'examplebank.org'], useClassifier: false };
const ids = (input: string, context: HostContext = own): string[] =>
  judgeHost(input, context).reasons.map(({ id }) => id);

describe('a host', () => {
  it.each([
    ['contoso.com', 'allowed'],
    ['mail.contoso.com', 'allowed'],
    ['https://login.examplebank.org/a?b=c', 'allowed'],
    ['www.wikipedia.org', 'unknown'],
    ['news.example.co.uk', 'unknown'],
    ['conto.so', 'unknown'],
    ['xn--mnchen-3ya.de', 'unknown'],
    ['https://www.example.org:443/index.html', 'unknown'],
  ])('that is an ordinary one speaks for itself: %s is %s, for no reason', (input, verdict) => {
    expect(judgeHost(input, own)).toMatchObject({ verdict, reasons: [], score: 0 });
  });

  it.each([
    ['xn--contso-zqf.com', 'look-alike', 'block'],
    ['c0ntoso.com', 'look-alike', 'block'],
    ['exarnplebank.org', 'look-alike', 'block'],
    ['contoso.com.evil.example', 'own-domain-in-front', 'block'],
    ['contoso-com.evil.example', 'own-domain-in-front', 'block'],
    ['contosso.com', 'misspelled', 'warn'],
    ['examplebnak.org', 'misspelled', 'warn'],
    ['contoso.net', 'other-suffix', 'warn'],
    ['contoso-login.com', 'own-name-inside', 'warn'],
    ['contoso.evil.example', 'own-name-in-front', 'warn'],
    ['http://3232235777/', 'disguised-address', 'warn'],
    ['http://0x7f.1/', 'disguised-address', 'warn'],
    ['https://contoso.com@evil.example/', 'user-in-address', 'warn'],
    ['https://evil.example/update.apk', 'installs', 'unknown'],
    ['a.b.c.d.e.example.com', 'deep', 'unknown'],
    ['http://192.0.2.7/', 'address', 'unknown'],
    ['someone.github.io', 'shared-suffix', 'unknown'],
    ['https://evil.example:8443/', 'port', 'unknown'],
    ['xn--ypal-43d9g.com', 'mixed-scripts', 'warn'],
    ['xn--99999999999.com', 'broken-punycode', 'warn'],
    ['xn--80ak6aa92e.com', 'disguised-letters', 'warn'],
  ])('that pretends is named for it: %s has %s, and is %s', (input, id, verdict) => {
    const judged = judgeHost(input, own);
    expect(judged.reasons.map((reason) => reason.id)).toContain(id);
    expect(judged.verdict).toBe(verdict);
  });

  it('on a list is kept away, even below an own domain', () => {
    const source = { list: 'list', name: null, reference: null, at: null };
    const match: HostContext['match'] = ({ kind, value }) =>
      kind === 'domain' && value === 'old.contoso.com'
        ? [{ observable: { kind, value }, indicator: { kind, value }, how: 'equal', source }]
        : [];
    expect(judgeHost('old.contoso.com', { ...own, match })).toMatchObject({ verdict: 'block', score: 100 });
    expect(judgeHost('new.contoso.com', { ...own, match }).verdict).toBe('allowed');
  });

  it('that is young is said to be, where somebody knows', () => {
    const ageDays = new Map([
      ['evil.example', 2],
      ['fresh.example', 20],
      ['old.example', 4_000],
    ]);
    expect(ids('www.evil.example', { ageDays, useClassifier: false })).toEqual(['young']);
    expect(judgeHost('fresh.example', { ageDays, useClassifier: false }).verdict).toBe('unknown');
    expect(ids('old.example', { ageDays, useClassifier: false })).toEqual([]);
    expect(ids('nobody-knows.example', { ageDays, useClassifier: false })).toEqual([]);
  });

  it('is not spoken against by the trained judge alone', () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        const judged = judgeHost(host);
        const without = judgeHost(host, { useClassifier: false });
        expect(judged.score).toBeGreaterThanOrEqual(without.score);
        if (without.reasons.length === 0) expect(judged).toMatchObject({ score: 0, reasons: [] });
      }),
    );
  });

  it('of any kind gets an answer, and never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.webUrl(), fc.domain(), fc.ipV6()),
        (input) => {
          const { score, input: told } = judgeHost(input, own);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(told.length).toBeLessThanOrEqual(300);
        },
      ),
    );
    expect(judgeHost('x'.repeat(100_000)).reasons.map(({ id }) => id)).toEqual(['unreadable']);
  });
});

describe('names', () => {
  it('are under a domain at the boundary of a label', () => {
    expect([isUnder('a.contoso.com', 'contoso.com'), isUnder('contoso.com', '*.contoso.com')]).toEqual([true, true]);
    expect([
      isUnder('notcontoso.com', 'contoso.com'),
      isUnder('contoso.com.evil', 'contoso.com'),
      isUnder('x', ''),
    ]).toEqual([false, false, false]);
  });

  it('have a distance that is one', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b, 20);
        expect(distance).toBe(editDistance(b, a, 20));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3));
      }),
    );
  });

  it('have one skeleton, however often it is taken of foreign letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (label) => {
        expect(latinOf(latinOf(label))).toBe(latinOf(label));
      }),
    );
    expect(skeletonOf('раypal')).toBe(skeletonOf('paypal'));
    expect(skeletonOf('paypal')).not.toBe(skeletonOf('paypol'));
  });

  it.each([
    ['HTTPS://WWW.Example.COM./x', 'www.example.com', 'example.com', ['www']],
    ['192.0.2.1', '192.0.2.1', null, []],
    ['http://[2001:db8::1]/', '[2001:db8::1]', null, []],
    ['a.b.example.co.uk', 'a.b.example.co.uk', 'example.co.uk', ['a', 'b']],
  ])('are read: %s', (input, host, registrable, subdomains) => {
    expect(readHostTarget(input)).toMatchObject({ host, registrable, subdomains });
  });

  it.each(['', ' ', 'http://', 'a b', '<script>', '..', 'http://%zz/'])('are not seen in “%s”', (input) => {
    expect(readHostTarget(input)).toBeNull();
  });
});
