import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type HelloSummary, ProbeRequest, type SignedStatement } from '@vedette/contracts';
import { EXPORTER, exporterTag } from '@vedette/network';
import type { ServerCertificate } from './own-certificate.ts';
import { rawHeadersOf, readBody } from './read-body.ts';
import type { Sightings } from './sightings.ts';
import { type SigningKey, signStatement } from './signing-keys.ts';
import { addressOf } from './tls-front.ts';

export interface ExchangeContext {
  readonly certificate: ServerCertificate;
  readonly key: () => SigningKey;
  readonly sightings: Sightings;
  readonly helloOf: (address: string | undefined, port: number | undefined) => HelloSummary | null;
  readonly date: () => string;
}

/** `POST /v1/probe`: says, signed, what this end of the connection is like, so that the agent can compare it with its own. */
export async function answerExchange(
  request: IncomingMessage,
  response: ServerResponse,
  context: ExchangeContext,
): Promise<'exchange' | 'refused'> {
  const body = await readBody(request);
  const asked = body === null ? null : parse(body);
  const { socket } = request;
  if (body === null || asked === null || !(socket instanceof TLSSocket)) {
    sendJson(response, 400, { error: 'no probe request' });
    return 'refused';
  }
  const { nonce, seen } = asked;
  const sighting = context.sightings.of(nonce);
  sighting.exchanges += 1;
  const material = socket.exportKeyingMaterial(EXPORTER.bytes, EXPORTER.label, Buffer.from(EXPORTER.context));
  const cipher = socket.getCipher();
  sendJson(
    response,
    200,
    signStatement(
      {
        kind: 'exchange',
        nonce,
        at: context.date(),
        client: { address: addressOf(socket.remoteAddress), port: socket.remotePort ?? 0 },
        hello: context.helloOf(socket.remoteAddress, socket.remotePort),
        tls: {
          protocol: socket.getProtocol() ?? 'unknown',
          cipher: cipher.standardName,
          alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
          leafSpki: context.certificate.spki,
          ekmTag: exporterTag(material, 's', nonce),
        },
        http: { version: request.httpVersion, headers: rawHeadersOf(request), bodySha256: sha256(body) },
        agrees: {
          leafSpki: seen.leafSpki === context.certificate.spki,
          ekm: seen.ekmTag === null ? null : seen.ekmTag === exporterTag(material, 'c', nonce),
        },
        resolvers: [...sighting.resolvers].slice(0, 20),
      },
      context.key(),
    ),
  );
  return 'exchange';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function parse(body: Buffer): ProbeRequest | null {
  try {
    const parsed = ProbeRequest.safeParse(JSON.parse(body.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Answers as JSON that nobody may keep. */
export function sendJson(response: ServerResponse, status: number, value: SignedStatement | object): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store, no-transform',
    connection: 'close',
  });
  response.end(text);
}
