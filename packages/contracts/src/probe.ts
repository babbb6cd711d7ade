import { z } from 'zod';
import { Severity } from './severity.ts';

/** What is said of the network a device is on. `inspected`: somebody reads along whom the organisation named. */
export const NetworkState = z.enum(['clean', 'captive', 'inspected', 'degraded', 'tampered', 'blocked', 'unknown']);
export type NetworkState = z.infer<typeof NetworkState>;

/** What probes can say of a network, each with the severity that it has at most. */
export const PROBE_FINDINGS = {
  'tls.interception.untrusted_ca': 'high',
  'tls.interception.trusted_ca': 'high',
  'tls.interception.selective': 'high',
  'tls.pin_mismatch': 'high',
  'tls.downgrade': 'high',
  'tls.downgrade_proof': 'high',
  'tls.blocked': 'high',
  'tls.throttled': 'medium',
  'http.ssl_strip': 'high',
  'http.content_injection': 'high',
  'http.header_rewrite': 'low',
  'http.transparent_proxy': 'low',
  'http.blocked': 'medium',
  'http.monitoring': 'medium',
  'dns.spoofed_answer': 'high',
  'dns.injection_race': 'high',
  'dns.blocked': 'medium',
  'dns.nxdomain_rewrite': 'low',
  'dns.transparent_interception': 'info',
  'lan.arp_spoofing': 'high',
  'lan.gateway_changed': 'info',
  'lan.rogue_ra': 'medium',
  'wifi.evil_twin_suspect': 'medium',
  'wifi.weak_security': 'low',
  'proxy.injected': 'medium',
  'vpn.unexpected': 'medium',
  'vpn.leak': 'high',
  'network.inspected': 'info',
  'network.captive_portal': 'info',
  'server.outage': 'info',
  'clock.skewed': 'info',
  'probe.inconclusive': 'info',
} as const satisfies Record<string, Severity>;
export type ProbeFindingId = keyof typeof PROBE_FINDINGS;
const isFindingId = (id: string): id is ProbeFindingId => Object.hasOwn(PROBE_FINDINGS, id);
export const ProbeFindingId = z.string().refine(isFindingId);

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const Base64 = (bytes: number) =>
  z
    .string()
    .max(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/);
const Text = (length: number) => z.string().max(length);
/** 16 random bytes that name one exchange. They are a label of host names, so both sides can tell exchanges apart that never completed. */
export const ProbeNonce = Hex(16);
export type ProbeNonce = z.infer<typeof ProbeNonce>;

/** A key that a probe server signs with (Ed25519, RFC 8032). `kid`: the first 16 hexadecimal digits of its SHA-256. */
export const ProbeKey = z.object({ kid: Hex(8), publicKey: Base64(32) });
export type ProbeKey = z.infer<typeof ProbeKey>;

const Port = z.number().int().min(1).max(65_535);
const HostName = z
  .string()
  .max(200)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);

/**
 * What an agent must know of a probe server before it goes on a network: where it is, and what it proves itself with. Public; handed out over a channel that is trusted already
 * (the enrolment, a file).
 */
export const ProbeTarget = z.object({
  schema: z.literal('vedette.probe-target/1'),
  /** Host of the server, and the zone that it answers for: exchanges are at `<nonce>.p.<zone>`. */
  zone: HostName,
  /** Addresses of the server, so that a name which resolves elsewhere is noticed. Empty: any. */
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(8),
  tlsPort: Port,
  httpPort: Port,
  /** Null: the zone is not delegated to the server, so names are not probed. */
  dnsPort: Port.nullable(),
  /** The key now in use and the next one. */
  keys: z.array(ProbeKey).min(1).max(4),
  /** SHA-256 of the SubjectPublicKeyInfo of the certificates that the server may show (RFC 7469, 2.4), in hexadecimal. */
  pins: z.array(Hex(32)).min(1).max(8),
  /** Names of other people that are asked for at our own server, to see whether somebody spares or picks by name. Nobody else is contacted. */
  decoys: z.array(HostName).max(16),
  /** An address of ours where nothing answers DNS; null where there is none. */
  silentAddress: z.union([z.ipv4(), z.ipv6()]).nullable(),
});
export type ProbeTarget = z.infer<typeof ProbeTarget>;

/** Body of `POST /v1/probe`: what the agent saw of the connection that it comes through. */
export const ProbeRequest = z.object({
  v: z.literal(1),
  nonce: ProbeNonce,
  at: z.iso.datetime(),
  seen: z.object({
    leafSpki: Hex(32),
    protocol: Text(20),
    cipher: Text(80),
    alpn: Text(40).nullable(),
    /** HMAC-SHA-256 under the exporter (RFC 9266) of `c` and the nonce; null where the platform has no exporter. */
    ekmTag: Hex(32).nullable(),
  }),
  /** Which build asks, so that its usual hello can be known: `agent/0.1.0 node/20.20.2`. */
  stack: Text(200),
});
export type ProbeRequest = z.infer<typeof ProbeRequest>;

/** Answer of every signed endpoint. What is signed are the bytes of `statement`. */
export const SignedStatement = z.object({ statement: Base64(32_768), signature: Base64(64), kid: Hex(8) });
export type SignedStatement = z.infer<typeof SignedStatement>;

const StatementHead = { v: z.literal(1), nonce: ProbeNonce, at: z.iso.datetime(), kid: Hex(8) };
const RawHeaders = z.array(z.tuple([Text(200), Text(4_096)])).max(100);
const ClientEnd = z.object({ address: Text(64), port: z.number().int().min(0).max(65_535) });

/** A hello as the server got it. */
export const HelloSummary = z.object({
  ja3: Hex(16),
  ja4: Text(60),
  sni: Text(255).nullable(),
  alpn: z.array(Text(40)).max(50),
  versions: z.array(z.number().int().min(0).max(65_535)).max(50),
});
export type HelloSummary = z.infer<typeof HelloSummary>;

/** What the server says of one encrypted exchange. */
export const ExchangeStatement = z.object({
  ...StatementHead,
  kind: z.literal('exchange'),
  client: ClientEnd,
  hello: HelloSummary.nullable(),
  tls: z.object({
    protocol: Text(20),
    cipher: Text(80),
    alpn: Text(40).nullable(),
    leafSpki: Hex(32),
    /** HMAC-SHA-256 under the server's exporter of `s` and the nonce. */
    ekmTag: Hex(32).nullable(),
  }),
  http: z.object({ version: Text(10), headers: RawHeaders, bodySha256: Hex(32) }),
  /** What the server makes of `seen`; null where one side had no exporter. */
  agrees: z.object({ leafSpki: z.boolean(), ekm: z.boolean().nullable() }),
  /** Addresses that asked our zone for names of this nonce. */
  resolvers: z.array(Text(64)).max(20),
});
export type ExchangeStatement = z.infer<typeof ExchangeStatement>;

/** What the server says of one exchange in clear text. */
export const EchoStatement = z.object({
  ...StatementHead,
  kind: z.literal('echo'),
  client: ClientEnd,
  http: z.object({ method: Text(10), path: Text(300), version: Text(10), headers: RawHeaders, bodySha256: Hex(32) }),
});
export type EchoStatement = z.infer<typeof EchoStatement>;

/** What the server saw of a nonce, and whether it reaches itself: who asks over a way that works learns what became of one that does not. */
export const WitnessStatement = z.object({
  ...StatementHead,
  kind: z.literal('witness'),
  client: ClientEnd,
  /** The server completed a handshake with itself within the last minute. */
  tlsWorks: z.boolean(),
  connections: z.number().int().nonnegative(),
  hellos: z.number().int().nonnegative(),
  handshakes: z.number().int().nonnegative(),
  exchanges: z.number().int().nonnegative(),
  dnsQueries: z.number().int().nonnegative(),
  /** Times that pages which were made for this nonce were fetched, and by how many addresses. */
  pageFetches: z.number().int().nonnegative(),
  pageClients: z.number().int().nonnegative(),
});
export type WitnessStatement = z.infer<typeof WitnessStatement>;

export const ProbeStatement = z.discriminatedUnion('kind', [ExchangeStatement, EchoStatement, WitnessStatement]);
export type ProbeStatement = z.infer<typeof ProbeStatement>;

/** How an attempt ended. `reset`: the other side, or somebody in between, broke it off. */
export const ProbeOutcome = z.enum([
  'ok',
  'timeout',
  'reset',
  'refused',
  'unreachable',
  'unresolved',
  'alert',
  'closed',
  'error',
]);
export type ProbeOutcome = z.infer<typeof ProbeOutcome>;

const Milliseconds = z.number().nonnegative().max(600_000);

/** One connection over TLS, as the agent saw it. */
export const TlsObservation = z.object({
  /** `exchange`: with the signed statement. `decoy`: another name at our address. `old`: at most TLS 1.2. `direct`: at the known address instead of what the name resolved to. */
  purpose: z.enum(['exchange', 'decoy', 'old', 'direct']),
  nonce: ProbeNonce,
  name: Text(255),
  address: Text(64).nullable(),
  outcome: ProbeOutcome,
  /** What the platform said where it failed: `ERR_SSL_INAPPROPRIATE_FALLBACK`. */
  error: Text(300).nullable(),
  connectMs: Milliseconds.nullable(),
  handshakeMs: Milliseconds.nullable(),
  totalMs: Milliseconds,
  protocol: Text(20).nullable(),
  cipher: Text(80).nullable(),
  alpn: Text(40).nullable(),
  /** DER, leaf first. */
  chain: z.array(Base64(16_384)).max(10),
  leafSpki: Hex(32).nullable(),
  /** Whether the device's own roots take the chain for `name`; null where it did not come to that. */
  trusted: z.boolean().nullable(),
  trustError: Text(100).nullable(),
  /** What the server's tag must be if both ends share one connection. */
  ekmTag: Hex(32).nullable(),
  /** Digest of the body that was sent. */
  bodySha256: Hex(32).nullable(),
  sentHeaders: RawHeaders,
  answer: SignedStatement.nullable(),
  /** Status of HTTP where an answer was there that is no statement. */
  status: z.number().int().nullable(),
  bytes: z.number().int().nonnegative(),
});
export type TlsObservation = z.infer<typeof TlsObservation>;

/** One exchange in clear text, as the agent saw it. */
export const HttpObservation = z.object({
  /** `generate-204`: nothing is the right answer. `page`: a page that the agent can compute itself. `redirect`: a page that belongs on https. */
  purpose: z.enum(['generate-204', 'echo', 'page', 'redirect', 'witness']),
  nonce: ProbeNonce,
  url: Text(500),
  outcome: ProbeOutcome,
  error: Text(300).nullable(),
  totalMs: Milliseconds,
  status: z.number().int().nullable(),
  location: Text(500).nullable(),
  headers: RawHeaders,
  sentHeaders: RawHeaders,
  sentBodySha256: Hex(32).nullable(),
  bodySha256: Hex(32).nullable(),
  bodyBytes: z.number().int().nonnegative(),
  /** Where the body is not what it must be: the first place, with what stands around it. */
  difference: z.object({ offset: z.number().int().nonnegative(), expected: Text(600), seen: Text(600) }).nullable(),
  /** Links that lead to http although they were made to lead to https. */
  strippedLinks: z.number().int().nonnegative(),
  answer: SignedStatement.nullable(),
  bytes: z.number().int().nonnegative(),
});
export type HttpObservation = z.infer<typeof HttpObservation>;

export const DnsAnswer = z.object({
  afterMs: Milliseconds,
  rcode: Text(20),
  authoritative: z.boolean(),
  ttl: z.number().int().nonnegative().nullable(),
  addresses: z.array(Text(64)).max(20),
});
export type DnsAnswer = z.infer<typeof DnsAnswer>;

/** One question over UDP, with all answers that came while the agent listened. */
export const DnsObservation = z.object({
  /** `computed`: the answer is known beforehand. `missing`: there is no such name. `server`: of the exchange. `silent`: asked where nothing answers. */
  purpose: z.enum(['computed', 'missing', 'server', 'silent']),
  nonce: ProbeNonce,
  name: Text(255),
  server: Text(64),
  outcome: ProbeOutcome,
  totalMs: Milliseconds,
  answers: z.array(DnsAnswer).max(10),
  bytes: z.number().int().nonnegative(),
});
export type DnsObservation = z.infer<typeof DnsObservation>;

const Mac = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);

/** The layer below, where the platform shows it. */
export const LinkObservation = z.object({
  gateway: z.object({ address: Text(64), mac: Mac.nullable() }).nullable(),
  /** Hardware address that this gateway had when the network was clean; null where it is new. */
  gatewayMacBefore: Mac.nullable(),
  /** Hardware addresses that the gateway had during the probe, in order. */
  gatewayMacs: z.array(Mac).max(20),
  /** Further addresses that share the gateway's hardware address. */
  sharedWith: z.array(Text(64)).max(50),
  ipv6Routers: z.array(Text(64)).max(20),
  ipv6RoutersBefore: z.array(Text(64)).max(20).nullable(),
  /** A proxy that is set for all apps: `http://10.0.0.1:3128`, or the address of a script. */
  proxy: Text(300).nullable(),
  proxyExpected: z.boolean(),
  vpn: z.object({ active: z.boolean(), expected: z.boolean(), address: Text(64).nullable() }).nullable(),
  wifi: z
    .object({
      ssid: Text(64).nullable(),
      bssid: Mac.nullable(),
      security: z.enum(['open', 'wep', 'wpa-tkip', 'wpa2', 'wpa3', 'owe', 'enterprise', 'unknown']),
      securityBefore: Text(20).nullable(),
      bssidsBefore: z.array(Mac).max(50),
    })
    .nullable(),
});
export type LinkObservation = z.infer<typeof LinkObservation>;

/** All that one round of probing saw. */
export const ProbeRound = z.object({
  nonce: ProbeNonce,
  startedAt: z.iso.datetime(),
  set: z.enum(['fast', 'full']),
  totalMs: Milliseconds,
  tls: z.array(TlsObservation).max(40),
  http: z.array(HttpObservation).max(40),
  dns: z.array(DnsObservation).max(40),
  link: LinkObservation.nullable(),
  /** Bytes of payload, both ways. */
  bytes: z.number().int().nonnegative(),
});
export type ProbeRound = z.infer<typeof ProbeRound>;

/** An inspection that the organisation does itself: the authority whose key signs, on the networks where it may. */
export const AllowedInspection = z.object({
  /** SHA-256 of the SubjectPublicKeyInfo of an issuer in the chain. */
  authoritySpki: Hex(32),
  /** Names of networks; empty: all. */
  networks: z.array(Text(200)).max(100),
  label: Text(100),
});
export type AllowedInspection = z.infer<typeof AllowedInspection>;

export const ProbeFinding = z.object({
  id: ProbeFindingId,
  severity: Severity,
  /** `proven`: by a signature or a key. `confirmed`: seen in two rounds or by two ways. `likely`: seen once. */
  confidence: z.enum(['proven', 'confirmed', 'likely']),
  /** One sentence for a person. */
  title: Text(300),
  /** Each names the observation it rests on (`round 1 · tls exchange`) and says what is to be seen there. */
  evidence: z.array(z.object({ observation: Text(100), text: Text(1_000) })).max(40),
  /** ATT&CK Mobile. */
  technique: Text(20).nullable(),
  remedy: Text(400).nullable(),
});
export type ProbeFinding = z.infer<typeof ProbeFinding>;

/** What was looked for, seen and concluded on one network. From it alone anybody can verify the signatures and compute the verdict again. */
export const ProbeReport = z.object({
  schema: z.literal('vedette.probe-report/1'),
  target: ProbeTarget,
  /** Name of the network as the agent knows it; null where it does not. */
  network: Text(200).nullable(),
  allowedInspections: z.array(AllowedInspection).max(50),
  rounds: z.array(ProbeRound).min(1).max(4),
  state: NetworkState,
  findings: z.array(ProbeFinding).max(60),
  timingsMs: z.record(z.string().max(60), Milliseconds),
  tool: Text(60),
});
export type ProbeReport = z.infer<typeof ProbeReport>;
