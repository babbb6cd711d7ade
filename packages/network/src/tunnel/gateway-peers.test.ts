import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peerChanges, readDump } from './gateway-peers.ts';
import { makeTunnelKeys } from './wireguard-key.ts';

const [A, B, C] = [1, 2, 3].map((seed) => makeTunnelKeys(new Uint8Array(32).fill(seed)).publicKey) as [
  string,
  string,
  string,
];
const line = (...parts: readonly string[]): string => parts.join('\t');
const HEAD = line('cHJpdmF0ZQ==', A, '51820', 'off');

describe('the dump of an interface', () => {
  it('tells of its key and its peers, and never of its private key', () => {
    const state = readDump(
      [
        HEAD,
        line(B, '(none)', '203.0.113.9:40000', '10.99.0.2/32,fd00:99::2/128', '1763985600', '1000', '2000', '25'),
        line(C, '(none)', '(none)', '(none)', '0', '0', '0', 'off'),
        '',
      ].join('\n'),
    );
    expect(state).toEqual({
      publicKey: A,
      peers: [
        {
          publicKey: B,
          allowedIps: ['10.99.0.2/32', 'fd00:99::2/128'],
          lastHandshakeAt: '2025-11-24T12:00:00.000Z',
          receivedBytes: 1_000,
          sentBytes: 2_000,
        },
        { publicKey: C, allowedIps: [], lastHandshakeAt: null, receivedBytes: 0, sentBytes: 0 },
      ],
    });
    expect(JSON.stringify(state)).not.toContain('cHJpdmF0ZQ');
    expect(readDump(line('(none)', '(none)', '0', 'off')).publicKey).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['something else', 'Unable to access interface: No such device'],
    ['a peer that is none', `${HEAD}\nnot a key`],
    ['a peer without its end', `${HEAD}\n${B}\t(none)`],
  ])('%s is refused', (_, text) => {
    expect(() => readDump(text)).toThrow(SyntaxError);
  });
});

describe('what changes', () => {
  const peer = (publicKey: string, ...allowedIps: readonly string[]) => ({ publicKey, allowedIps: [...allowedIps] });
  const known = (publicKey: string, ...allowedIps: readonly string[]) => ({
    ...peer(publicKey, ...allowedIps),
    lastHandshakeAt: null,
    receivedBytes: 0,
    sentBytes: 0,
  });

  it('is what is gone, then what is new or elsewhere, and nothing of what is as it must be', () => {
    const now = { peers: [known(A, '10.0.0.2/32'), known(B, '10.0.0.3/32', 'fd00::3/128')] };
    expect(peerChanges(now, [peer(B, 'fd00::3/128', '10.0.0.3/32'), peer(C, '10.0.0.2/32')])).toEqual([
      ['peer', A, 'remove'],
      ['peer', C, 'allowed-ips', '10.0.0.2/32'],
    ]);
    expect(
      peerChanges(
        now,
        now.peers.map(({ publicKey, allowedIps }) => ({ publicKey, allowedIps })),
      ),
    ).toEqual([]);
    expect(peerChanges(now, [peer(A, '10.0.0.9/32'), peer(B, '10.0.0.3/32', 'fd00::3/128')])).toEqual([
      ['peer', A, 'allowed-ips', '10.0.0.9/32'],
    ]);
  });

  it('leaves exactly the wanted peers, in calls that a command line holds', () => {
    const keys = Array.from({ length: 500 }, () => makeTunnelKeys(randomBytes(32)).publicKey);
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 499 }), { maxLength: 500 });
    fc.assert(
      fc.property(some, some, (before, after) => {
        const at = (index: number): string => `10.9.${index >> 8}.${index & 0xff}/32`;
        const has = new Map(before.map((index) => [keys[index] ?? '', at(index)]));
        const now = { peers: [...has].map(([key, address]) => known(key, address)) };
        const wanted = after.map((index) => peer(keys[index] ?? '', at(index)));
        for (const call of peerChanges(now, wanted)) {
          expect(call.length).toBeLessThanOrEqual(800);
          for (let place = 0; place < call.length; ) {
            const [, key = '', what, value = ''] = call.slice(place);
            if (what === 'remove') has.delete(key);
            else has.set(key, value);
            place += what === 'remove' ? 3 : 4;
          }
        }
        expect(has).toEqual(new Map(wanted.map(({ publicKey, allowedIps }) => [publicKey, allowedIps[0] ?? ''])));
      }),
      { numRuns: 30 },
    );
  });
});
