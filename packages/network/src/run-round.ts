import type {
  DnsObservation,
  HttpObservation,
  ProbeRequest,
  ProbeRound,
  ProbeTarget,
  TlsObservation,
} from '@vedette/contracts';
import { SignedStatement } from '@vedette/contracts';
import { toBase64 } from './base64.ts';
import { canaryHeaders } from './canary/canary-headers.ts';
import { computedName, exchangeName, missingName } from './canary/canary-names.ts';
import { canaryPage, textSha256 } from './canary/canary-page.ts';
import { comparePage, strippedLinks } from './canary/compare-page.ts';
import { exporterTag } from './exporter.ts';
import type { HttpResult, NetPort, RawHeaders, TlsRequest, TlsResult } from './net-port.ts';

/** How long things may take, in milliseconds. The second time there is more patience, so that what crawls is told from what is cut off. */
interface Patience {
  /** Until a connection is there. A lost SYN is sent again after 1 s and 3 s (RFC 6298, 2.1). */
  readonly connect: number;
  /** From there on; ten round trips where that is longer. */
  readonly rest: number;
  readonly http: number;
  /** For clear text once encrypted connections have shown what they show; null: as long as it takes. */
  readonly grace: number | null;
}
const PATIENCE: Readonly<Record<'first' | 'again', Patience>> = {
  first: { connect: 2_200, rest: 2_000, http: 2_500, grace: 500 },
  again: { connect: 3_500, rest: 3_500, http: 5_000, grace: null },
};
const RESOLVE_MS = 3_000;
const DNS_MS = 2_500;
/** A forged answer wins a race by being first; the true one is behind it by some round trips. */
const DNS_LISTEN_MS = 400;

/**
 * One round of probing: all questions at once, then those that only some answers call for. Contacts the target and the resolvers of this network, nobody else.
 * @param set `fast`: what tells within a second. `full`: everything.
 * @param attempt `again`: with more patience
 */
export async function runRound(
  port: NetPort,
  target: ProbeTarget,
  set: 'fast' | 'full',
  attempt: keyof typeof PATIENCE = 'first',
): Promise<ProbeRound> {
  const patience = PATIENCE[attempt];
  const nonce = port.nonce();
  const startedAt = port.date();
  const from = port.now();
  const name = exchangeName(nonce, target.zone);
  const link = port.link?.() ?? Promise.resolve(null);
  const names = askNames(port, target, nonce, set);
  // Names below the zone lead somewhere only where the server answers for it.
  const resolved = await port.resolve(target.dnsPort === null ? target.zone : name, RESOLVE_MS);
  // The answer of those who keep names away leads nowhere (RFC 1122, 3.2.1.3).
  const [first] = resolved.addresses.filter((one) => one !== '0.0.0.0' && one !== '::');
  const [known] = target.addresses;
  const address = first ?? known;
  const unresolved: TlsObservation[] =
    first === undefined
      ? [{ ...nothing('exchange', nonce, name), outcome: 'unresolved', totalMs: resolved.totalMs }]
      : [];
  if (address === undefined)
    return round({ nonce, startedAt, set, tls: unresolved, http: [], dns: await names, link: await link });

  const tls: Promise<TlsObservation>[] = [];
  if (first !== undefined)
    tls.push(exchange(port, target, { nonce, name, address: first, purpose: 'exchange', patience }));
  const moved = known !== undefined && !target.addresses.includes(address);
  if (first === undefined || moved)
    if (known !== undefined)
      tls.push(exchange(port, target, { nonce, name, address: known, purpose: 'direct', patience }));
  const at = known ?? address;
  for (const decoy of decoys(target, nonce, set))
    tls.push(handshake(port, target, nonce, decoy, at, 'decoy', patience));
  tls.push(handshake(port, target, nonce, name, at, 'old', patience));
  const encrypted = Promise.all(tls);
  const { grace } = patience;
  const giveUp =
    grace === null
      ? NEVER
      : encrypted.then((seen) => port.wait(Math.max(grace, ...seen.map(({ connectMs }) => 5 * (connectMs ?? 0)))));
  const http = CLEAR.map((purpose) =>
    clear(port, target, { nonce, address, purpose, timeoutMs: patience.http, giveUp }),
  );
  const [tlsSeen, httpSeen] = await Promise.all([encrypted, Promise.all(http)]);
  const fails = tlsSeen.some(({ purpose, outcome }) => purpose !== 'decoy' && outcome !== 'ok');
  const witness =
    fails || set === 'full'
      ? await clear(port, target, { nonce, address, purpose: 'witness', timeoutMs: patience.http, giveUp: NEVER })
      : null;
  return round({
    nonce,
    startedAt,
    set,
    tls: [...unresolved, ...tlsSeen],
    http: [...httpSeen, ...(witness === null ? [] : [witness])],
    dns: await names,
    link: await link,
  });

  function round(seen: Omit<ProbeRound, 'totalMs' | 'bytes'>): ProbeRound {
    const bytes = [...seen.tls, ...seen.http, ...seen.dns].reduce((sum, one) => sum + one.bytes, 0);
    return { ...seen, totalMs: elapsed(port, from), bytes };
  }
}

function elapsed(port: NetPort, from: number): number {
  return Math.max(0, Math.round((port.now() - from) * 10) / 10);
}

/** Random names make it impossible to spare ours; known ones show who picks by name. */
function decoys(target: ProbeTarget, nonce: string, set: 'fast' | 'full'): string[] {
  const random = `www.${nonce.slice(0, 12)}.example`;
  if (set === 'full') return [random, ...target.decoys.slice(0, 6)];
  const turn = Number.parseInt(nonce.slice(0, 4), 16) % Math.max(target.decoys.length, 1);
  return [random, ...target.decoys.slice(turn, turn + 1)];
}

function nothing(purpose: TlsObservation['purpose'], nonce: string, name: string): TlsObservation {
  return {
    purpose,
    nonce,
    name,
    address: null,
    outcome: 'error',
    error: null,
    connectMs: null,
    handshakeMs: null,
    totalMs: 0,
    protocol: null,
    cipher: null,
    alpn: null,
    chain: [],
    leafSpki: null,
    trusted: null,
    trustError: null,
    ekmTag: null,
    bodySha256: null,
    sentHeaders: [],
    answer: null,
    status: null,
    bytes: 0,
  };
}

/** Ten round trips are enough for a handshake and an answer, with room for lost packets. */
const restOf =
  ({ rest }: Patience) =>
  (connectMs: number): number =>
    Math.min(5_000, Math.max(rest, 10 * connectMs));

async function exchange(
  port: NetPort,
  target: ProbeTarget,
  of: {
    readonly nonce: string;
    readonly name: string;
    readonly address: string;
    readonly purpose: 'exchange' | 'direct';
    readonly patience: Patience;
  },
): Promise<TlsObservation> {
  const { nonce, name, address, purpose, patience } = of;
  let body = '';
  const send: TlsRequest['send'] = (facts) => {
    const { keyingMaterial } = facts;
    const request: ProbeRequest = {
      v: 1,
      nonce,
      at: port.date(),
      seen: {
        leafSpki: facts.leafSpki,
        protocol: facts.protocol,
        cipher: facts.cipher,
        alpn: facts.alpn,
        ekmTag: keyingMaterial === null ? null : exporterTag(keyingMaterial, 'c', nonce),
      },
      stack: port.stack,
    };
    body = JSON.stringify(request);
    return { path: '/v1/probe', headers: [...canaryHeaders(nonce), ['content-type', 'application/json']], body };
  };
  const result = await port.tls({
    address,
    port: target.tlsPort,
    serverName: name,
    alpn: ['http/1.1'],
    connectTimeoutMs: patience.connect,
    restTimeoutMs: restOf(patience),
    // Whoever it is has shown himself; what our server would say of it is worth a short wait.
    answerTimeoutMs: ({ leafSpki }, connectMs) =>
      target.pins.includes(leafSpki) ? Number.POSITIVE_INFINITY : 600 + 8 * connectMs,
    send,
  });
  return { ...observed(purpose, nonce, name, address, result), bodySha256: body === '' ? null : textSha256(body) };
}

async function handshake(
  port: NetPort,
  target: ProbeTarget,
  nonce: string,
  name: string,
  address: string,
  purpose: 'decoy' | 'old',
  patience: Patience,
): Promise<TlsObservation> {
  const result = await port.tls({
    address,
    port: target.tlsPort,
    serverName: name,
    alpn: ['http/1.1'],
    ...(purpose === 'old' ? { maxVersion: 'TLSv1.2' } : {}),
    connectTimeoutMs: patience.connect,
    restTimeoutMs: restOf(patience),
  });
  return observed(purpose, nonce, name, address, result);
}

function observed(
  purpose: TlsObservation['purpose'],
  nonce: string,
  name: string,
  address: string,
  result: TlsResult,
): TlsObservation {
  const { facts, answer, sentHeaders, error, ...rest } = result;
  return {
    ...nothing(purpose, nonce, name),
    ...rest,
    error: error === null ? null : error.slice(0, 300),
    address,
    sentHeaders: sentHeaders.map(([header, value]) => [header, value]),
    answer,
    ...(facts === null
      ? {}
      : {
          protocol: facts.protocol,
          cipher: facts.cipher,
          alpn: facts.alpn,
          chain: facts.chain.slice(0, 10).map(toBase64),
          leafSpki: facts.leafSpki,
          trusted: facts.trusted,
          trustError: facts.trustError,
          ekmTag: facts.keyingMaterial === null ? null : exporterTag(facts.keyingMaterial, 's', nonce),
        }),
  };
}

/** Never comes. */
const NEVER = new Promise<never>(() => {});

const CLEAR = ['generate-204', 'echo', 'page', 'redirect'] as const;

async function clear(
  port: NetPort,
  target: ProbeTarget,
  of: {
    readonly nonce: string;
    readonly address: string;
    readonly purpose: HttpObservation['purpose'];
    readonly timeoutMs: number;
    readonly giveUp: Promise<void>;
  },
): Promise<HttpObservation> {
  const { nonce, address, purpose, timeoutMs, giveUp } = of;
  const from = port.now();
  const host = target.zone;
  const path = {
    'generate-204': `/generate_204?${nonce}`,
    echo: `/v1/echo/${nonce}`,
    page: `/page/${nonce}`,
    redirect: `/login/${nonce}`,
    witness: `/v1/witness/${nonce}`,
  }[purpose];
  const body = purpose === 'echo' ? `canary ${nonce} </body>` : undefined;
  const answered = port.http({
    address,
    port: target.httpPort,
    host,
    method: body === undefined ? 'GET' : 'POST',
    path,
    headers: canaryHeaders(nonce),
    ...(body === undefined ? {} : { body }),
    timeoutMs,
  });
  const result = await Promise.race([answered, giveUp.then(() => unanswered(elapsed(port, from)))]);
  const page = purpose === 'page' ? canaryPage(nonce, target.zone) : null;
  const got = result.outcome === 'ok' && result.status === 200;
  return {
    purpose,
    nonce,
    url: `http://${host}${path}`.slice(0, 500),
    outcome: result.outcome,
    error: result.error?.slice(0, 300) ?? null,
    totalMs: result.totalMs,
    status: result.status,
    location: header(result.headers, 'location')?.slice(0, 500) ?? null,
    headers: bounded(result.headers),
    sentHeaders: bounded(result.sentHeaders),
    sentBodySha256: body === undefined ? null : textSha256(body),
    bodySha256: result.outcome === 'ok' ? textSha256(result.body) : null,
    bodyBytes: result.body.length,
    difference: page === null || !got ? null : bounded512(comparePage(page, result.body)),
    strippedLinks: page === null || !got ? 0 : strippedLinks(exchangeName(nonce, target.zone), result.body),
    answer: purpose === 'echo' || purpose === 'witness' ? statementOf(result) : null,
    bytes: result.bytes,
  };
}

function unanswered(totalMs: number): HttpResult {
  return { outcome: 'timeout', error: null, totalMs, status: null, headers: [], sentHeaders: [], body: '', bytes: 0 };
}

function bounded512(difference: ReturnType<typeof comparePage>): HttpObservation['difference'] {
  if (difference === null) return null;
  const { offset, expected, seen } = difference;
  return { offset, expected: expected.slice(0, 600), seen: seen.slice(0, 600) };
}

function bounded(headers: RawHeaders): [string, string][] {
  return headers.slice(0, 100).map(([name, value]) => [name.slice(0, 200), value.slice(0, 4_096)]);
}

function header(headers: RawHeaders, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function statementOf({ outcome, status, body }: HttpResult): SignedStatement | null {
  if (outcome !== 'ok' || status !== 200) return null;
  try {
    const parsed = SignedStatement.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function askNames(
  port: NetPort,
  target: ProbeTarget,
  nonce: string,
  set: 'fast' | 'full',
): Promise<DnsObservation[]> {
  const [resolver] = port.resolvers?.() ?? [];
  if (port.dns === undefined || resolver === undefined || target.dnsPort === null) return [];
  const dns = port.dns.bind(port);
  const ask = async (purpose: DnsObservation['purpose'], name: string, at = resolver): Promise<DnsObservation> => {
    const result = await dns({
      server: at.server,
      port: at.port,
      name,
      timeoutMs: purpose === 'silent' ? 1_000 : DNS_MS,
      listenMs: DNS_LISTEN_MS,
    });
    return { purpose, nonce, name, server: at.server, ...result, answers: result.answers.slice(0, 10) };
  };
  return Promise.all([
    ask('computed', computedName(nonce, target.zone)),
    ...(set === 'full' ? [ask('missing', missingName(nonce, target.zone))] : []),
    ...(set === 'full' && target.silentAddress !== null
      ? [ask('silent', computedName(nonce, target.zone), { server: target.silentAddress, port: 53 })]
      : []),
  ]);
}
