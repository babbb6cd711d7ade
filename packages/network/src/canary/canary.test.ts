import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaryHeaders, compareHeaders, namesProxy } from './canary-headers.ts';
import { computedAddress, computedName, exchangeName, missingName, nonceOfName } from './canary-names.ts';
import { canaryPage } from './canary-page.ts';
import { comparePage, strippedLinks } from './compare-page.ts';

const NONCE = '00112233445566778899aabbccddeeff';
const nonces = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));

describe('what both ends can compute', () => {
  it('is a page with all that is attacked elsewhere, another one for each nonce', () => {
    const page = canaryPage(NONCE, 'probe.example');
    expect(page).toBe(canaryPage(NONCE, 'probe.example'));
    for (const bait of [
      '</body>',
      'type="password"',
      '.apk"',
      '<script',
      `action="https://${NONCE}.p.probe.example/login"`,
    ])
      expect(page).toContain(bait);
    expect(page).not.toContain('http://');
    fc.assert(fc.property(nonces, (nonce) => nonce === NONCE || canaryPage(nonce, 'probe.example') !== page));
  });

  it('is an address set aside for measurements', () => {
    fc.assert(fc.property(nonces, (nonce) => /^198\.1[89]\.\d{1,3}\.\d{1,3}$/.test(computedAddress(nonce))));
  });

  it('is found again in names, and in no others', () => {
    fc.assert(
      fc.property(nonces, fc.domain(), (nonce, zone) => {
        expect(nonceOfName(exchangeName(nonce, zone), zone)).toEqual({ nonce, kind: 'p' });
        expect(nonceOfName(`${computedName(nonce, zone)}.`.toUpperCase(), zone.toLowerCase())?.kind).toBe('a');
        expect(nonceOfName(missingName(nonce, zone), `x.${zone}`)).toBeNull();
        expect(nonceOfName(nonce, zone)).toBeNull();
      }),
    );
  });
});

describe('what came through', () => {
  it('is the same where nobody touched it, whatever libraries add', () => {
    const sent = canaryHeaders(NONCE);
    expect(compareHeaders(sent, [['Host', 'x'], ['Connection', 'close'], ...sent])).toEqual([]);
  });

  it.each([
    ['added', (sent: readonly (readonly [string, string])[]) => [...sent, ['Via', '1.1 proxy'] as const]],
    ['missing', (sent: readonly (readonly [string, string])[]) => sent.slice(1)],
    [
      'renamed',
      (sent: readonly (readonly [string, string])[]) =>
        sent.map(([name, value]) => [name.toLowerCase(), value] as const),
    ],
    [
      'changed',
      (sent: readonly (readonly [string, string])[]) =>
        sent.map(([name, value]) => [name, value.slice(0, 40)] as const),
    ],
    ['reordered', (sent: readonly (readonly [string, string])[]) => sent.toReversed()],
  ])('shows headers that were %s', (kind, change) => {
    const changes = compareHeaders(canaryHeaders(NONCE), change(canaryHeaders(NONCE)));
    expect(changes.map((one) => one.kind)).toContain(kind);
    expect(namesProxy(changes)).toBe(kind === 'added');
  });

  it('shows the first place where a page parts, and links that lost their s', () => {
    const page = canaryPage(NONCE, 'probe.example');
    expect(comparePage(page, page)).toBeNull();
    const stripped = page.replaceAll('https://', 'http://');
    expect(comparePage(page, stripped)?.offset).toBe(page.indexOf('https://') + 4);
    expect([
      strippedLinks(`${NONCE}.p.probe.example`, page),
      strippedLinks(`${NONCE}.p.probe.example`, stripped),
    ]).toEqual([0, 5]);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const difference = comparePage(a, b);
        expect(difference === null).toBe(a === b);
        expect((difference?.seen.length ?? 0) <= 600).toBe(true);
      }),
    );
  });
});
