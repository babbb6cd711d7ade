import type { LinkObservation } from '@vedette/contracts';
import type { ClearMessage, LinkQuality } from '@vedette/testkit/in-the-middle';
import { alone, intercept, meddle, misname, rewrite, together } from './in-between.ts';
import { type Case, type Laboratory, type Surroundings, ZONE } from './laboratory.ts';

type SetUp = Case['setUp'];

/** A way to the server that is long, lossy or narrow, for all that goes over it. */
function link(quality: LinkQuality): SetUp {
  return async (laboratory) => {
    const tls = await meddle({ link: quality })(laboratory);
    const http = await meddle((lab) => ({ upstreamPort: lab.server.ports.http, link: quality }))(laboratory);
    const delay = 2 * (quality.delayMs ?? 0) + (quality.jitterMs ?? 0);
    const names = await misname({ delayMs: delay })(laboratory);
    return {
      ...(tls.tls === undefined ? {} : { tls: tls.tls }),
      ...(http.tls === undefined ? {} : { http: http.tls }),
      ...(names.dns === undefined ? {} : { dns: names.dns }),
      fired: () => tls.fired() + http.fired(),
      async dispose() {
        for (const one of [tls, http, names]) await one.dispose();
      },
    };
  };
}

const html = (
  status: number,
  headers: readonly (readonly [string, string])[],
  body = '',
): Pick<ClearMessage, 'status' | 'headers' | 'body'> => ({ status, headers, body });
const toPortal = rewrite({
  answers: (message) => ({ ...message, ...html(302, [['Location', 'http://portal.freewifi.test/login']]) }),
});
const portalPage = rewrite({
  answers: (message) => ({
    ...message,
    ...html(200, [['Content-Type', 'text/html']], '<html>Welcome, please sign in</html>'),
  }),
});
const portalCertificate = intercept(async ({ rogue }) => ({
  fixed: await rogue.issue(['portal.freewifi.test'], 'alone'),
}));
const inspection = ({ rogue }: Laboratory): Partial<Surroundings> => ({
  trust: [rogue.chain],
  allowedInspections: [{ authoritySpki: rogue.spki, networks: [], label: 'Acme inspection' }],
});

const LINK: LinkObservation = {
  gateway: { address: '192.0.2.1', mac: '02:00:00:00:00:02' },
  gatewayMacBefore: '02:00:00:00:00:01',
  gatewayMacs: ['02:00:00:00:00:02'],
  sharedWith: [],
  ipv6Routers: [],
  ipv6RoutersBefore: [],
  proxy: null,
  proxyExpected: false,
  vpn: null,
  wifi: null,
};
const linked = (seen: Partial<LinkObservation>): SetUp =>
  alone({ port: (port) => ({ ...port, link: async () => ({ ...LINK, ...seen }) }) });
const dated = (byMs: number): SetUp =>
  alone({ port: (port) => ({ ...port, date: () => new Date(Date.now() + byMs).toISOString() }) });
const DAY_MS = 86_400_000;

/** Conditions in which nobody attacks: no alarm of medium or above may come of them. */
export const BENIGN: readonly Case[] = [
  { name: 'nothing special', setUp: alone(), state: 'clean' },
  { name: 'nothing special, everything asked', setUp: alone({ full: true }), state: 'clean' },
  { name: 'round trip of 50 ms', setUp: link({ delayMs: 25 }), state: 'clean' },
  { name: 'round trip of 100 ms', setUp: link({ delayMs: 50 }), state: 'clean' },
  { name: 'round trip of 300 ms', setUp: link({ delayMs: 150 }) },
  { name: 'round trip of 600 ms', setUp: link({ delayMs: 300 }) },
  { name: 'round trip of 200 ms that varies by 200', setUp: link({ delayMs: 100, jitterMs: 200 }) },
  { name: 'loss of 2 %', setUp: link({ loss: 0.02 }) },
  { name: 'loss of 5 %', setUp: link({ loss: 0.05 }) },
  { name: 'loss of 10 %', setUp: link({ loss: 0.1 }) },
  { name: 'loss of 20 %', setUp: link({ loss: 0.2 }) },
  { name: 'loss of 10 % on a round trip of 300 ms', setUp: link({ loss: 0.1, delayMs: 150 }) },
  { name: 'loss of 20 % on a round trip of 600 ms', setUp: link({ loss: 0.2, delayMs: 300 }) },
  { name: '128 kbit/s', setUp: link({ bytesPerSecond: 16_000 }) },
  { name: '32 kbit/s', setUp: link({ bytesPerSecond: 4_000, delayMs: 100 }) },
  {
    name: 'captive portal: sends away, refuses TLS',
    setUp: together(toPortal, meddle({ onHello: () => 'reset' })),
    state: 'captive',
  },
  {
    name: 'captive portal: sends away, shows its own certificate',
    setUp: together(toPortal, portalCertificate),
    state: 'captive',
  },
  {
    name: 'captive portal: sends away, swallows TLS',
    setUp: together(toPortal, meddle({ onHello: () => 'drop' })),
    state: 'captive',
  },
  {
    name: 'captive portal: shows a page, refuses TLS',
    setUp: together(portalPage, meddle({ onHello: () => 'reset' })),
    state: 'captive',
  },
  {
    name: 'captive portal: shows a page, its own certificate',
    setUp: together(portalPage, portalCertificate),
    state: 'captive',
  },
  {
    name: 'captive portal: answers every name with itself',
    setUp: together(toPortal, portalCertificate, misname({ answers: () => [{ addresses: ['127.0.0.1'] }] })),
    state: 'captive',
  },
  {
    name: 'captive portal: its own address for every name',
    setUp: async (laboratory) => {
      const [portal, shown, names] = [
        await toPortal(laboratory),
        await portalCertificate(laboratory),
        await misname({ answers: () => [{ addresses: ['10.0.0.1'] }] })(laboratory),
      ];
      const here = {
        ...(portal.http === undefined ? {} : { http: portal.http }),
        ...(shown.tls === undefined ? {} : { tls: shown.tls }),
      };
      return {
        ...here,
        ...(names.dns === undefined ? {} : { dns: names.dns }),
        elsewhere: { '10.0.0.1': here },
        fired: () => portal.fired(),
        dispose: async () => {
          for (const one of [portal, shown, names]) await one.dispose();
        },
      };
    },
    state: 'captive',
  },
  {
    name: 'captive portal that lets one in after the first round',
    setUp: async (laboratory) => {
      let asked = 0;
      const portal = await rewrite({
        answers: (message) =>
          ++asked <= 5 ? { ...message, ...html(302, [['Location', 'http://portal.test/']]) } : null,
      })(laboratory);
      let greeted = 0;
      const shut = await meddle({ onHello: () => (++greeted <= 4 ? 'reset' : 'pass') })(laboratory);
      return {
        ...portal,
        ...(shut.tls === undefined ? {} : { tls: shut.tls }),
        fired: () => portal.fired(),
        dispose: async () => {
          await portal.dispose();
          await shut.dispose();
        },
      };
    },
  },
  {
    name: 'proxy that says so',
    setUp: rewrite({
      onRequest: (message) => ({
        ...message,
        headers: [...message.headers, ['Via', '1.1 corp-proxy (tinyproxy/1.11.1)']],
      }),
    }),
    state: 'degraded',
  },
  {
    name: 'proxy that writes headers its own way',
    setUp: rewrite({
      onRequest: (message) => ({
        ...message,
        headers: message.headers.map(([name, value]) => [name.toLowerCase(), value]),
      }),
    }),
    state: 'degraded',
  },
  {
    name: 'cache that adds its headers to answers',
    setUp: rewrite({
      onAnswer: (message) => ({ ...message, headers: [...message.headers, ['X-Cache', 'MISS'], ['Age', '0']] }),
    }),
    state: 'clean',
  },
  {
    name: 'gateway that is overloaded',
    setUp: rewrite({
      answers: (message) => ({ ...message, ...html(502, [['Content-Type', 'text/html']], '<html>Bad Gateway</html>') }),
    }),
  },
  {
    name: 'clear text is swallowed by a firewall',
    setUp: async (laboratory) => {
      const cut = { afterBytes: 0, by: 'drop' } as const;
      const { tls: http, ...rest } = await meddle({ upstreamPort: laboratory.server.ports.http, cut })(laboratory);
      return { ...rest, ...(http === undefined ? {} : { http }) };
    },
  },
  {
    name: 'pages break off',
    setUp: rewrite({
      onAnswer: (message) =>
        message.path.startsWith('/page/') ? { ...message, body: message.body.slice(0, 900) } : message,
    }),
  },
  { name: 'inspection by the organisation', setUp: intercept({}, inspection), state: 'inspected' },
  {
    name: 'inspection by the organisation that spares some',
    setUp: intercept({ spares: (name) => name.includes('bank') }, inspection),
    state: 'inspected',
  },
  {
    name: 'inspection by the organisation, old suites',
    setUp: intercept({ maxVersion: 'TLSv1.2', alpn: false }, inspection),
    state: 'inspected',
  },
  {
    name: 'inspection allowed in this network',
    setUp: intercept({}, (laboratory) => ({
      trust: [laboratory.rogue.chain],
      network: 'Office',
      allowedInspections: [{ authoritySpki: laboratory.rogue.spki, networks: ['Office'], label: 'Acme' }],
    })),
    state: 'inspected',
  },
  {
    name: 'the server is down, and says so in clear text',
    setUp: together(meddle({ onHello: () => 'reset' }), async (laboratory) => downed(laboratory)),
  },
  {
    name: 'the name moved to another address of ours',
    setUp: together(
      misname({ answers: (name) => (name.includes('.p.') ? [{ addresses: ['203.0.113.77'] }] : []) }),
      async (laboratory) => ({
        elsewhere: { '203.0.113.77': laboratory.server.ports },
        fired: () => 1,
        dispose: async () => {},
      }),
    ),
    state: 'clean',
  },
  {
    name: 'names that do not exist get an address',
    setUp: misname(
      { answers: (name) => (name.includes('.nx.') ? [{ addresses: ['198.51.100.1'] }] : []) },
      { full: true },
    ),
    state: 'degraded',
  },
  {
    name: 'a resolver that keeps advertising away',
    setUp: misname({
      answers: (name) => (name.endsWith(ZONE) ? [] : [{ addresses: ['0.0.0.0'] }]),
      copies: 1,
      delayMs: 1,
    }),
    state: 'clean',
  },
  {
    name: 'a forwarder that forgets who is the authority',
    setUp: misname({ onAnswer: (packet) => ({ ...packet, flags: (packet.flags ?? 0) & ~0x0400, id: packet.id ?? 0 }) }),
    state: 'clean',
  },
  { name: 'answers come twice', setUp: misname({ copies: 2 }), state: 'clean' },
  { name: 'the first question is lost', setUp: misname({ passes: (_name, count) => count > 1 }) },
  { name: 'a slow resolver', setUp: misname({ delayMs: 1_500 }) },
  { name: 'a resolver that fails', setUp: misname({ answers: () => [{ rcode: 2 }] }) },
  { name: 'clock a day ahead', setUp: dated(DAY_MS), state: 'clean' },
  { name: 'clock a day behind', setUp: dated(-DAY_MS), state: 'clean' },
  { name: 'the router was replaced', setUp: linked({}), state: 'clean' },
  {
    name: 'one of two routers',
    setUp: linked({ gatewayMacs: ['02:00:00:00:00:01', '02:00:00:00:00:02'] }),
    state: 'clean',
  },
  {
    name: 'a proxy of the organisation',
    setUp: linked({ gatewayMacBefore: null, proxy: 'http://proxy.example:3128', proxyExpected: true }),
    state: 'clean',
  },
  {
    name: 'a VPN of the organisation',
    setUp: linked({ gatewayMacBefore: null, vpn: { active: true, expected: true, address: '127.0.0.1' } }),
    state: 'clean',
  },
  {
    name: 'another access point of a known Wi-Fi',
    setUp: linked({
      gatewayMacBefore: null,
      wifi: {
        ssid: 'Office',
        bssid: '02:00:00:00:00:99',
        security: 'wpa2',
        securityBefore: 'wpa2',
        bssidsBefore: ['02:00:00:00:00:98'],
      },
    }),
    state: 'clean',
  },
  {
    name: 'an open Wi-Fi',
    setUp: linked({
      gatewayMacBefore: null,
      wifi: { ssid: 'Café', bssid: '02:00:00:00:00:99', security: 'open', securityBefore: null, bssidsBefore: [] },
    }),
    state: 'degraded',
  },
  {
    name: 'the server has a new certificate',
    setUp: alone({ target: (target) => ({ ...target, pins: ['0'.repeat(64)] }) }),
    state: 'clean',
  },
  {
    name: 'a platform without exporter',
    setUp: alone({
      port: (port) => ({
        ...port,
        tls: (request) =>
          port.tls({
            ...request,
            ...(request.send === undefined
              ? {}
              : {
                  send: (facts) =>
                    request.send?.({ ...facts, keyingMaterial: null }) ?? { path: '/', headers: [], body: '' },
                }),
          }),
      }),
    }),
    state: 'clean',
  },
  {
    name: 'a platform without UDP',
    setUp: alone({ target: (target) => ({ ...target, dnsPort: null }) }),
    state: 'clean',
  },
  { name: 'nobody is there', setUp: alone({ elsewhere: { '127.0.0.1': {} } }), state: 'unknown' },
  {
    name: 'hand-over to another network in mid-probe',
    setUp: meddle({ onHello: (_hello, count) => (count < 4 ? 'reset' : 'pass') }),
  },
  { name: 'one reset', setUp: meddle({ onHello: (_hello, count) => (count === 0 ? 'reset' : 'pass') }) },
  { name: 'the first connections hang', setUp: meddle({ onHello: (_hello, count) => (count < 2 ? 'drop' : 'pass') }) },
];

/** A server that cannot reach itself over TLS. */
async function downed({ settings }: Laboratory): Promise<Surroundings> {
  const { startProbeServer } = await import('../start-probe-server.ts');
  const other = await startProbeServer(
    { ...settings, addresses: ['127.0.0.1'] },
    { reachesItself: async () => false, selfTestMs: 10 },
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { http: other.ports.http, fired: () => 1, dispose: () => other[Symbol.asyncDispose]() };
}
