import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import { SignedStatement } from '@vedette/contracts';
import { EXPORTER } from '../exporter.ts';
import type { RawHeaders, TlsFacts, TlsRequest, TlsResult } from '../net-port.ts';
import { outcomeOf } from './outcome-of.ts';
import { type HttpAnswer, readHttpAnswer } from './read-http-answer.ts';

const TIMED_OUT = Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
const MAX_CHAIN = 10;

/** Opens one connection over TLS, says what was seen of it, and sends one request over it. Certificates are judged, never refused: who else is there is what one wants to know. */
export async function openTls(request: TlsRequest, secureContext: SecureContext): Promise<TlsResult> {
  const from = performance.now();
  const state: { connectMs: number | null; handshakeMs: number | null; facts: TlsFacts | null; sent: RawHeaders } = {
    connectMs: null,
    handshakeMs: null,
    facts: null,
    sent: [],
  };
  const tcp = connectTcp({ host: request.address, port: request.port });
  let answer: HttpAnswer | null = null;
  let failure: { outcome: TlsResult['outcome']; error: string } | null = null;
  try {
    await within(request.connectTimeoutMs, connected(tcp));
    state.connectMs = since(from);
    answer = await within(request.restTimeoutMs(state.connectMs), talk(request, tcp, secureContext, state));
  } catch (error) {
    failure = outcomeOf(error);
  }
  const bytes = tcp.bytesRead + tcp.bytesWritten;
  // What came in says whether anything came through; what went out does not.
  const read = tcp.bytesRead;
  // One that is still trying to connect would keep the process for minutes.
  tcp.destroy();
  return {
    outcome: failure?.outcome ?? 'ok',
    error: failure?.error ?? null,
    connectMs: state.connectMs,
    handshakeMs: state.handshakeMs,
    totalMs: since(from),
    status: answer?.status ?? null,
    bytes: failure === null || read > 0 ? bytes : 0,
    facts: state.facts,
    answer: answer === null ? null : statementOf(answer),
    sentHeaders: state.sent,
  };
}

function since(from: number): number {
  return Math.round((performance.now() - from) * 10) / 10;
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    // Whatever happens to it later is told by the layer above.
    socket.on('error', reject);
    socket.once('connect', resolve);
  });
}

async function talk(
  request: TlsRequest,
  tcp: Socket,
  secureContext: SecureContext,
  state: { readonly connectMs: number | null; handshakeMs: number | null; facts: TlsFacts | null; sent: RawHeaders },
): Promise<HttpAnswer | null> {
  const began = performance.now();
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const tls = connectTls({
      socket: tcp,
      servername: request.serverName,
      ALPNProtocols: [...request.alpn],
      // The context says which versions: beside one, such options are ignored.
      secureContext,
      rejectUnauthorized: false,
    });
    tls.once('secureConnect', () => resolve(tls));
    tls.once('error', reject);
    tls.once('close', () => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
  });
  state.handshakeMs = since(began);
  const facts = factsOf(socket);
  state.facts = facts;
  const message = request.send?.(facts);
  if (message === undefined) {
    socket.end();
    return null;
  }
  const headers = withTransport(message.headers, request.serverName, message.body);
  state.sent = message.headers;
  const most = request.answerTimeoutMs?.(facts, state.connectMs ?? 0) ?? Number.POSITIVE_INFINITY;
  return within(
    Math.min(most, 2 ** 31 - 1),
    readHttpAnswer(requestOver(socket, { method: 'POST', path: message.path, headers }), message.body),
  );
}

function requestOver(socket: TLSSocket, of: { method: string; path: string; headers: RawHeaders }) {
  return request({
    createConnection: () => socket,
    method: of.method,
    path: of.path,
    setHost: false,
    headers: of.headers.flatMap(([name, value]) => [name, value]),
  });
}

/** What HTTP/1.1 itself needs (RFC 9112, 3.2 and 6.2), before what the probe sends. */
export function withTransport(headers: RawHeaders, host: string, body: string | undefined): RawHeaders {
  const length = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const];
  return [['Host', host], ['Connection', 'close'], ...length, ...headers];
}

function factsOf(socket: TLSSocket): TlsFacts {
  const chain: Uint8Array[] = [];
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
  // A self-signed certificate is its own issuer.
  while (certificate?.raw !== undefined && !seen.has(certificate.fingerprint256) && chain.length < MAX_CHAIN) {
    seen.add(certificate.fingerprint256);
    chain.push(new Uint8Array(certificate.raw));
    certificate = certificate.issuerCertificate;
  }
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
    chain,
    leafSpki: createHash('sha256')
      .update(key ?? new Uint8Array(0))
      .digest('hex'),
    trusted: socket.authorized,
    trustError: trustErrorOf(socket.authorizationError),
    keyingMaterial: new Uint8Array(
      socket.exportKeyingMaterial(EXPORTER.bytes, EXPORTER.label, Buffer.from(EXPORTER.context)),
    ),
  };
}

/** Node gives the code of OpenSSL or an error, whatever its types say. */
function trustErrorOf(error: unknown): string | null {
  if (typeof error === 'string') return error.slice(0, 100);
  return error instanceof Error ? ('code' in error ? String(error.code) : error.message).slice(0, 100) : null;
}

function statementOf({ status, body }: HttpAnswer): SignedStatement | null {
  if (status !== 200) return null;
  try {
    const parsed = SignedStatement.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** @throws an error with the code ETIMEDOUT once the time is over */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  // What ends late has nobody waiting for it.
  work.catch(() => {});
  try {
    return await Promise.race([
      work,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(TIMED_OUT), milliseconds);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
