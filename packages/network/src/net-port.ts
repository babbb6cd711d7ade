import type { DnsAnswer, LinkObservation, ProbeOutcome, SignedStatement, TlsObservation } from '@vedette/contracts';

/** Names and values as they are to stand on the wire, in this order. */
export type RawHeaders = readonly (readonly [string, string])[];

/** What one end knows of a connection as soon as the handshake is done. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly alpn: string | null;
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  /** SHA-256 of the leaf's SubjectPublicKeyInfo, in hexadecimal. */
  readonly leafSpki: string;
  readonly trusted: boolean;
  readonly trustError: string | null;
  /** Exporter of RFC 9266; null where the platform has none. */
  readonly keyingMaterial: Uint8Array | null;
}

export interface TlsRequest {
  readonly address: string;
  readonly port: number;
  /** Name that is asked for, and that the certificate is held against. */
  readonly serverName: string;
  readonly alpn: readonly string[];
  /** Default: whatever the platform does. */
  readonly maxVersion?: 'TLSv1.2';
  readonly connectTimeoutMs: number;
  /** Of everything after the connection is there, in milliseconds, told the time that the connection took. */
  readonly restTimeoutMs: (connectMs: number) => number;
  /** Of the answer alone, once it is known who is there. Default: what is left of the rest. */
  readonly answerTimeoutMs?: (facts: TlsFacts, connectMs: number) => number;
  /** What is sent once the handshake is done; left out: the connection ends there. */
  readonly send?: (facts: TlsFacts) => { readonly path: string; readonly headers: RawHeaders; readonly body: string };
}

export type TlsResult = Pick<
  TlsObservation,
  'outcome' | 'error' | 'connectMs' | 'handshakeMs' | 'totalMs' | 'status' | 'bytes'
> & { readonly facts: TlsFacts | null; readonly answer: SignedStatement | null; readonly sentHeaders: RawHeaders };

export interface HttpRequest {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: RawHeaders;
  readonly body?: string;
  readonly timeoutMs: number;
}

export interface HttpResult {
  readonly outcome: ProbeOutcome;
  readonly error: string | null;
  readonly totalMs: number;
  readonly status: number | null;
  readonly headers: RawHeaders;
  readonly sentHeaders: RawHeaders;
  /** As Latin-1, so that no byte is lost; at most `MAX_BODY` characters. */
  readonly body: string;
  readonly bytes: number;
}
export const MAX_BODY = 65_536;

export interface DnsRequest {
  readonly server: string;
  readonly port: number;
  readonly name: string;
  readonly timeoutMs: number;
  /** How long to go on listening after the first answer. */
  readonly listenMs: number;
}

export interface DnsResult {
  readonly outcome: ProbeOutcome;
  readonly totalMs: number;
  readonly answers: readonly DnsAnswer[];
  readonly bytes: number;
}

export interface Resolver {
  readonly server: string;
  readonly port: number;
}

/**
 * What probes need of a platform. No function throws: what goes wrong is an outcome. A platform that lacks a part leaves it out, and less is seen; nothing else breaks.
 */
export interface NetPort {
  /** 0: fetches only. 1: with TLS and UDP. 2: with the layer below. */
  readonly tier: 0 | 1 | 2;
  /** Name and version of what makes connections here, e.g. `node/20.20.2`. */
  readonly stack: string;
  /** Monotonic milliseconds. */
  now(): number;
  /** Time of day, ISO 8601. */
  date(): string;
  /** 32 hexadecimal digits, from a source that nobody can guess. */
  nonce(): string;
  /** Addresses of a name as all apps here get them. */
  resolve(
    name: string,
    timeoutMs: number,
  ): Promise<{ readonly outcome: ProbeOutcome; readonly addresses: readonly string[]; readonly totalMs: number }>;
  http(request: HttpRequest): Promise<HttpResult>;
  tls(request: TlsRequest): Promise<TlsResult>;
  dns?(request: DnsRequest): Promise<DnsResult>;
  /** The resolvers that this network handed out. */
  resolvers?(): readonly Resolver[];
  link?(): Promise<LinkObservation | null>;
  wait(milliseconds: number): Promise<void>;
}
