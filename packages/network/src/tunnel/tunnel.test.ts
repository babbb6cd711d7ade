import { createPrivateKey, createPublicKey } from 'node:crypto';
import { NetworkSetup, type ProbeReport, TunnelConfiguration, TunnelRules } from '@vedette/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone, freeAddress, gatewayAddress, isWithin } from './address-pool.ts';
import { guardDevice } from './guard-device.ts';
import { portalAddresses } from './portal-addresses.ts';
import { advance, type Protection, type ProtectionCommand, type ProtectionEvent } from './protection.ts';
import type { TunnelPort } from './tunnel-port.ts';
import { makeTunnelKeys, publicTunnelKey } from './wireguard-key.ts';
import { writeWgQuick } from './write-wg-quick.ts';

const rules = (more: Partial<TunnelRules> = {}): TunnelRules => TunnelRules.parse(more);
const KEY = makeTunnelKeys(new Uint8Array(32).fill(7));
const configuration = (more: Partial<TunnelRules> = {}) =>
  TunnelConfiguration.parse({
    addresses: ['10.99.0.7/32', 'fd00:99::7/128'],
    gateway: {
      publicKey: KEY.publicKey,
      endpoints: [
        { host: '203.0.113.30', port: 51_820 },
        { host: '2001:db8::30', port: 443 },
      ],
    },
    dns: ['10.99.0.1'],
    rules: rules(more),
  });

describe('keys of a tunnel', () => {
  it('are those that Curve25519 makes of the same secret', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { privateKey, publicKey } = makeTunnelKeys(
        Uint8Array.from({ length: 32 }, (_, at) => (at * 37 + seed * 11) & 0xff),
      );
      // RFC 8410: the fixed start of a PKCS #8 of X25519, then the key.
      const der = Buffer.concat([
        Buffer.from('302e020100300506032b656e04220420', 'hex'),
        Buffer.from(privateKey, 'base64'),
      ]);
      const jwk = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
        format: 'jwk',
      });
      expect(Buffer.from(publicKey, 'base64').toString('base64url')).toBe(jwk.x);
      expect(publicTunnelKey(privateKey)).toBe(publicKey);
    }
  });

  it('are made of 32 bytes and no fewer', () => {
    expect(() => makeTunnelKeys(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('addresses of a pool', () => {
  it.each([
    ['10.99.0.0/24', [], '10.99.0.2'],
    ['10.99.0.5/24', ['10.99.0.2', '10.99.0.4'], '10.99.0.3'],
    ['10.99.0.0/30', ['10.99.0.2'], null],
    ['10.99.0.0/31', [], null],
    ['fd00:99::/64', ['fd00:99::2'], 'fd00:99::3'],
    ['fd00:99::/126', ['fd00:99::2'], 'fd00:99::3'],
    ['fd00:99::/126', ['fd00:99::2', 'fd00:99::3'], null],
  ])('%s without %j gives %s', (block, taken, expected) => {
    expect(freeAddress(block, new Set(taken))).toBe(expected);
  });

  it('are each given once, lie in the block, and are never the gateway', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 30 }), fc.integer({ min: 1, max: 40 }), (length, count) => {
        const block = `10.64.0.0/${length}`;
        const taken = new Set<string>();
        for (let device = 0; device < count; device++) {
          const address = freeAddress(block, taken);
          if (address === null) break;
          expect(taken.has(address)).toBe(false);
          expect(isWithin(address, block)).toBe(true);
          expect(address).not.toBe(gatewayAddress(block));
          taken.add(address);
        }
        expect(taken.size).toBe(Math.min(count, 2 ** (32 - length) - 3));
      }),
    );
  });

  it('stand alone with the length of the whole', () => {
    expect([alone('10.0.0.2'), alone('fd00::2')]).toEqual(['10.0.0.2/32', 'fd00::2/128']);
  });
});

describe('the file for wg-quick', () => {
  it('says everything there is, with further endpoints as comments', () => {
    expect(writeWgQuick(configuration(), KEY.privateKey).split('\n')).toEqual([
      '[Interface]',
      `PrivateKey = ${KEY.privateKey}`,
      'Address = 10.99.0.7/32, fd00:99::7/128',
      'DNS = 10.99.0.1',
      '',
      '[Peer]',
      `PublicKey = ${KEY.publicKey}`,
      'AllowedIPs = 0.0.0.0/0, ::/0',
      'Endpoint = 203.0.113.30:51820',
      '# Endpoint = [2001:db8::30]:443',
      'PersistentKeepalive = 25',
      '',
    ]);
  });
});

const verdict = (state: ProbeReport['state'], worst: 'high' | 'medium' | 'low' | null = null): ProtectionEvent => ({
  kind: 'verdict',
  verdict: { state, worst },
});
const HIGH = verdict('tampered', 'high');

describe('what follows', () => {
  const down: Protection = { kind: 'down' };
  it.each([
    ['a clean network', down, verdict('clean'), {}, 'down', 'none'],
    ['something low', down, verdict('degraded', 'low'), {}, 'down', 'none'],
    ['something medium, where high is asked for', down, verdict('blocked', 'medium'), {}, 'down', 'none'],
    ['something medium', down, verdict('blocked', 'medium'), { raiseAt: 'medium' }, 'raising', 'raise'],
    ['an attack', down, HIGH, {}, 'raising', 'raise'],
    ['an attack, where there is to be no tunnel', down, HIGH, { raiseAt: 'never' }, 'down', 'none'],
    ['a portal', down, verdict('captive'), {}, 'down', 'none'],
    [
      'a portal, where the tunnel always stands',
      down,
      verdict('captive'),
      { raiseAt: 'always' },
      'aside',
      'step-aside',
    ],
    ['another network', down, { kind: 'moved' }, {}, 'down', 'lower-and-probe'],
    [
      'another network, where the tunnel always stands',
      down,
      { kind: 'moved' },
      { raiseAt: 'always' },
      'raising',
      'raise',
    ],
    ['a handshake', { kind: 'raising', attempt: 0 }, { kind: 'handshake' }, {}, 'verifying', 'verify'],
    ['no handshake', { kind: 'raising', attempt: 0 }, { kind: 'no-handshake' }, {}, 'raising', 'raise'],
    ['no handshake anywhere', { kind: 'raising', attempt: 1 }, { kind: 'no-handshake' }, {}, 'closed', 'look'],
    [
      'none anywhere, open',
      { kind: 'raising', attempt: 1 },
      { kind: 'no-handshake' },
      { failClosed: false },
      'exposed',
      'lower',
    ],
    ['a proof', { kind: 'verifying', attempt: 0 }, { kind: 'verified', ok: true }, {}, 'protected', 'none'],
    ['no proof', { kind: 'verifying', attempt: 0 }, { kind: 'verified', ok: false }, {}, 'raising', 'raise'],
    [
      'a gateway that fell silent',
      { kind: 'protected', attempt: 0, sinceMs: 0 },
      { kind: 'tick', alive: false },
      {},
      'raising',
      'raise',
    ],
    [
      'an hour',
      { kind: 'protected', attempt: 0, sinceMs: -3_600_000 },
      { kind: 'tick', alive: true },
      {},
      'down',
      'lower-and-probe',
    ],
    [
      'an hour, where the tunnel always stands',
      { kind: 'protected', attempt: 0, sinceMs: -3_600_000 },
      { kind: 'tick', alive: true },
      { raiseAt: 'always' },
      'protected',
      'none',
    ],
    ['closed, and a portal', { kind: 'closed', sinceMs: 0 }, verdict('captive'), {}, 'aside', 'step-aside'],
    ['closed, and clean again', { kind: 'closed', sinceMs: 0 }, verdict('clean'), {}, 'down', 'lower'],
    ['closed, and who knows', { kind: 'closed', sinceMs: 0 }, verdict('unknown'), {}, 'closed', 'none'],
    ['closed, and still attacked', { kind: 'closed', sinceMs: 0 }, HIGH, {}, 'closed', 'none'],
    [
      'closed for half a minute',
      { kind: 'closed', sinceMs: -30_000 },
      { kind: 'tick', alive: true },
      {},
      'raising',
      'raise',
    ],
    ['at the portal', { kind: 'aside', untilMs: 1 }, verdict('captive'), {}, 'aside', 'none'],
    ['at the portal for too long', { kind: 'aside', untilMs: 0 }, verdict('captive'), {}, 'closed', 'close'],
    ['through the portal', { kind: 'aside', untilMs: 1 }, verdict('clean'), {}, 'down', 'lower'],
    ['through the portal, attacked', { kind: 'aside', untilMs: 1 }, HIGH, {}, 'raising', 'raise'],
    ['through the portal, who knows', { kind: 'aside', untilMs: 1 }, verdict('unknown'), {}, 'raising', 'raise'],
  ] satisfies readonly [
    string,
    Protection,
    ProtectionEvent,
    Partial<TunnelRules>,
    Protection['kind'],
    ProtectionCommand['kind'],
  ][])('%s', (_, from, event, more, to, command) => {
    const next = advance(from, event, rules(more), 2, 0);
    expect([next.to.kind, next.command.kind]).toEqual([to, command]);
  });

  const anyVerdict = fc.constantFrom(
    HIGH,
    verdict('clean'),
    verdict('captive'),
    verdict('unknown'),
    verdict('blocked', 'medium'),
  );
  const anyEvent: fc.Arbitrary<ProtectionEvent> = fc.oneof(
    anyVerdict,
    fc.constantFrom<ProtectionEvent>(
      { kind: 'handshake' },
      { kind: 'no-handshake' },
      { kind: 'verified', ok: true },
      { kind: 'verified', ok: false },
      { kind: 'moved' },
      { kind: 'tick', alive: true },
      { kind: 'tick', alive: false },
    ),
  );

  it('never calls protected what was not proved, and never opens what fails closed but for a network that is fine, or another one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 5_000_000 })), { maxLength: 40 }),
        fc.constantFrom('never', 'medium', 'high', 'always'),
        fc.integer({ min: 1, max: 4 }),
        (events, raiseAt, endpoints) => {
          const by = rules({ raiseAt });
          let state: Protection = { kind: 'down' };
          let nowMs = 0;
          for (const [event, later] of events) {
            nowMs += later;
            const before: Protection = state;
            const { to, command } = advance(before, event, by, endpoints, nowMs);
            state = to;
            if (to.kind === 'protected' && before.kind !== 'protected')
              expect(event).toEqual({ kind: 'verified', ok: true });
            if (command.kind === 'raise') expect(command.attempt).toBeLessThan(endpoints);
            const opens = command.kind === 'lower' || command.kind === 'lower-and-probe';
            if (!opens || before.kind === 'down') continue;
            expect(by.raiseAt === 'always' && event.kind !== 'verdict').toBe(false);
            if (event.kind === 'verdict') expect(event.verdict.state).toBe('clean');
            else expect(['moved', 'tick']).toContain(event.kind);
            if (event.kind === 'tick') expect(before.kind).toBe('protected');
          }
        },
      ),
    );
  });
});

/** A platform that notes what it was told. */
function notingPort(answers: readonly boolean[]): TunnelPort & { readonly log: string[] } {
  const log: string[] = [];
  const left = [...answers];
  return {
    log,
    raise: async (_, { port }) => void log.push(`raise ${port}`),
    handshake: async () => left.shift() ?? false,
    isAlive: async () => true,
    close: async (exempt) => void log.push(`close ${exempt.join(' ')}`.trim()),
    lower: async () => void log.push('lower'),
  };
}

const report = (state: ProbeReport['state'], more: object = {}): ProbeReport => ({
  schema: 'vedette.probe-report/1',
  target: {
    schema: 'vedette.probe-target/1',
    zone: 'probe.test',
    addresses: ['203.0.113.10'],
    tlsPort: 443,
    httpPort: 80,
    dnsPort: null,
    keys: [],
    pins: [],
    decoys: [],
    silentAddress: null,
  },
  network: null,
  allowedInspections: [],
  rounds: [],
  state,
  findings:
    state === 'tampered'
      ? [
          {
            id: 'tls.pin_mismatch',
            severity: 'high',
            confidence: 'proven',
            title: 'Read',
            evidence: [],
            technique: null,
            remedy: null,
          },
        ]
      : [],
  timingsMs: {},
  tool: 'test',
  ...more,
});

describe('a guarded device', () => {
  const guarded = (port: TunnelPort, probes: readonly ProbeReport[], more: Partial<TunnelRules> = {}) => {
    const left = [...probes];
    const path: string[] = [];
    const guard = guardDevice({
      port,
      configuration: configuration(more),
      probe: async () => left.shift() ?? report('unknown'),
      probeAddresses: ['203.0.113.10'],
      resolve: async (name) => (name === 'portal.test' ? ['198.51.100.9'] : []),
      now: () => 0,
      onChange: ({ kind }, why) => path.push(`${kind}: ${why}`),
    });
    return { guard, path };
  };

  it('is closed where no gateway answers, and then asks the probe server alone', async () => {
    const port = notingPort([false, false]);
    const { guard, path } = guarded(port, [report('tampered')]);
    await guard.judge(report('tampered'));
    expect(guard.protection.kind).toBe('closed');
    expect(port.log).toEqual(['raise 51820', 'raise 443', 'close 203.0.113.10']);
    expect(path).toEqual(['raising: Read', 'closed: 2001:db8::30:443 did not answer within 5 s']);
  });

  it('is not protected by a tunnel that proves nothing', async () => {
    const port = notingPort([true, true]);
    const { guard } = guarded(port, [report('clean'), report('clean'), report('tampered')]);
    await guard.judge(report('tampered'));
    expect(guard.protection.kind).toBe('closed');
  });

  it('opens for the portal alone, its router and the probe server', async () => {
    const port = notingPort([false, false]);
    const captive = report('captive', {
      rounds: [
        {
          http: [{ purpose: 'generate-204', location: 'http://portal.test/login' }],
          link: { gateway: { address: '192.168.1.1', mac: null } },
        },
      ],
    });
    const { guard } = guarded(port, [captive]);
    await guard.judge(report('tampered'));
    expect(guard.protection.kind).toBe('aside');
    expect(port.log.at(-1)).toBe('close 203.0.113.10 198.51.100.9 192.168.1.1');
  });

  it('goes on where a platform has no tunnel, as closed', async () => {
    const port: TunnelPort = {
      ...notingPort([]),
      raise: () => Promise.reject(new Error('wg is not installed (wireguard-tools)')),
    };
    const { guard, path } = guarded(port, []);
    await guard.judge(report('tampered'));
    expect(path.at(-1)).toBe('closed: 2001:db8::30:443: wg is not installed (wireguard-tools)');
  });

  it('lets nobody through a portal that there is none of', async () => {
    expect(await portalAddresses(report('clean'), async () => ['198.51.100.9'])).toEqual([]);
  });
});

describe('the set-up of a network', () => {
  it('refuses a key that is none, two blocks of one family, and a tunnel without names', () => {
    const setup = (tunnel: object) =>
      NetworkSetup.safeParse({
        schema: 'vedette.network-setup/1',
        probeTarget: null,
        probing: {},
        allowedInspections: [],
        tunnel: { ...configuration(), ...tunnel },
        noTunnel: null,
      }).success;
    expect(setup({})).toBe(true);
    expect(setup({ dns: [] })).toBe(false);
    expect(setup({ gateway: { ...configuration().gateway, publicKey: 'A'.repeat(43) } })).toBe(false);
    expect(setup({ gateway: { ...configuration().gateway, publicKey: `${'A'.repeat(42)}B=` } })).toBe(false);
  });
});
