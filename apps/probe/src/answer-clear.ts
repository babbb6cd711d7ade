import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProbeNonce } from '@vedette/contracts';
import { canaryPage, exchangeName } from '@vedette/network';
import { sendJson, sha256 } from './answer-exchange.ts';
import { rawHeadersOf, readBody } from './read-body.ts';
import { note, type Sightings } from './sightings.ts';
import { type SigningKey, signStatement } from './signing-keys.ts';
import { addressOf } from './tls-front.ts';

export interface ClearContext {
  readonly zone: string;
  readonly tlsPort: () => number;
  readonly key: () => SigningKey;
  readonly sightings: Sightings;
  readonly tlsWorks: () => boolean;
  readonly date: () => string;
}

const ROUTE = /^\/(?:v1\/(echo|witness)|(page|login))\/([0-9a-f]{32})$/;

/** The pages in clear text: an empty one, a signed echo, a page that both ends know, one that belongs on https, and the witness. */
export async function answerClear(
  request: IncomingMessage,
  response: ServerResponse,
  context: ClearContext,
): Promise<'generate-204' | 'echo' | 'page' | 'login' | 'witness' | 'other'> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const client = { address: addressOf(request.socket.remoteAddress), port: request.socket.remotePort ?? 0 };
  if (path === '/generate_204') {
    response.writeHead(204, { 'cache-control': 'no-store', connection: 'close' }).end();
    return 'generate-204';
  }
  const match = ROUTE.exec(path);
  const nonce = ProbeNonce.safeParse(match?.[3]).data;
  const what = match?.[1] ?? match?.[2];
  if (nonce === undefined || what === undefined) {
    sendJson(response, 404, { error: 'nothing here' });
    return 'other';
  }
  const head = { nonce, at: context.date(), client };
  switch (what) {
    case 'echo': {
      const body = await readBody(request);
      if (body === null) {
        sendJson(response, 413, { error: 'too long' });
        return 'other';
      }
      const { method = '', httpVersion } = request;
      const http = {
        method: method.slice(0, 10),
        path: path.slice(0, 300),
        version: httpVersion,
        headers: rawHeadersOf(request),
        bodySha256: sha256(body),
      };
      sendJson(response, 200, signStatement({ kind: 'echo', ...head, http }, context.key()));
      return 'echo';
    }
    case 'witness': {
      const seen = context.sightings.peek(nonce);
      // Connections that came without a greeting have no nonce: they are known by whom they came from.
      const silent = context.sightings.peek(`from ${client.address}`)?.connections ?? 0;
      sendJson(
        response,
        200,
        signStatement(
          {
            kind: 'witness',
            ...head,
            tlsWorks: context.tlsWorks(),
            connections: Math.max(silent, seen?.hellos ?? 0),
            hellos: seen?.hellos ?? 0,
            handshakes: seen?.handshakes ?? 0,
            exchanges: seen?.exchanges ?? 0,
            dnsQueries: seen?.dnsQueries ?? 0,
            pageFetches: seen?.pageFetches ?? 0,
            pageClients: seen?.pageClients.size ?? 0,
          },
          context.key(),
        ),
      );
      return 'witness';
    }
    case 'page': {
      const seen = context.sightings.of(nonce);
      seen.pageFetches += 1;
      note(seen.pageClients, client.address);
      const text = canaryPage(nonce, context.zone);
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        connection: 'close',
      });
      response.end(text);
      return 'page';
    }
    default: {
      const port = context.tlsPort();
      const location = `https://${exchangeName(nonce, context.zone)}${port === 443 ? '' : `:${port}`}/login`;
      response
        .writeHead(301, { location, 'content-length': 0, 'cache-control': 'no-store', connection: 'close' })
        .end();
      return 'login';
    }
  }
}
