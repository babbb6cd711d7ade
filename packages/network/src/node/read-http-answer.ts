import type { ClientRequest, IncomingMessage } from 'node:http';
import { MAX_BODY, type RawHeaders } from '../net-port.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  /** Latin-1, at most `MAX_BODY` characters. */
  readonly body: string;
  /** The connection ended before the body did. */
  readonly complete: boolean;
}

/** Sends a request that is ready and reads its answer, to a limit. @throws what the socket throws */
export function readHttpAnswer(request: ClientRequest, body: string | undefined): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      const pieces: Buffer[] = [];
      let length = 0;
      const done = (): void => resolve(answerOf(response, Buffer.concat(pieces)));
      response.on('data', (piece: Buffer) => {
        if (length < MAX_BODY) pieces.push(piece.subarray(0, MAX_BODY - length));
        length += piece.length;
        if (length >= MAX_BODY) {
          done();
          request.destroy();
        }
      });
      response.once('end', done);
      response.once('aborted', done);
      response.once('error', done);
    });
    request.end(body);
  });
}

function answerOf(response: IncomingMessage, body: Buffer): HttpAnswer {
  const { rawHeaders } = response;
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return { status: response.statusCode ?? 0, headers, body: body.toString('latin1'), complete: response.complete };
}
