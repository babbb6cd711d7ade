import { createServer, request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Middle, startMiddle } from './middle.ts';

/** A request or an answer in clear text as somebody in between has it in hand. */
export interface ClearMessage {
  readonly path: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** Latin-1. */
  readonly body: string;
}

export interface ClearProxyOptions {
  readonly upstreamPort: number;
  /** Answers instead of the server; null: the server is asked. */
  readonly answers?: (message: ClearMessage) => ClearMessage | null;
  readonly onRequest?: (message: ClearMessage) => ClearMessage;
  readonly onAnswer?: (message: ClearMessage) => ClearMessage;
  /** Takes every page a second time, from another address. */
  readonly fetchesAgain?: boolean;
  readonly delayMs?: number;
}

/** Reads and rewrites what goes over HTTP: sslstrip, injectors, portals, caches. */
export function startClearProxy(options: ClearProxyOptions): Promise<Middle> {
  const { upstreamPort, answers = () => null, onRequest = same, onAnswer = same, delayMs = 0 } = options;
  let fired = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) if (Buffer.isBuffer(piece)) pieces.push(piece);
      const path = request.url ?? '/';
      const asked: ClearMessage = {
        path,
        status: 0,
        headers: pairs(request.rawHeaders),
        body: Buffer.concat(pieces).toString('latin1'),
      };
      await wait(delayMs);
      const own = answers(asked);
      const sent = onRequest(asked);
      const got = own ?? (await fetchFrom(upstreamPort, request.method ?? 'GET', sent));
      if (options.fetchesAgain === true && path.startsWith('/page/'))
        await fetchFrom(upstreamPort, 'GET', asked, '127.0.0.77');
      const answer = own ?? onAnswer(got);
      if (own !== null || sent !== asked || answer !== got || options.fetchesAgain === true) fired += 1;
      const headers = answer.headers.filter(([name]) => !/^(content-length|transfer-encoding|connection)$/i.test(name));
      const body = Buffer.from(answer.body, 'latin1');
      response.sendDate = false;
      response.writeHead(answer.status, [
        ...headers.flatMap(([name, value]) => [name, value]),
        ...(answer.status === 204 ? [] : ['Content-Length', String(body.length)]),
        'Connection',
        'close',
      ]);
      response.end(answer.status === 204 ? undefined : body);
    })().catch(() => response.destroy());
  });
  return startMiddle(server, () => fired);
}

const same = (message: ClearMessage): ClearMessage => message;

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] satisfies [string, string]] : []));
}

function fetchFrom(
  port: number,
  method: string,
  { path, headers, body }: ClearMessage,
  localAddress?: string,
): Promise<ClearMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      port,
      host: '127.0.0.1',
      method,
      path,
      setHost: false,
      agent: false,
      headers: headers.flatMap(([name, value]) =>
        /^content-length$/i.test(name) ? [name, String(body.length)] : [name, value],
      ),
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          path,
          status: response.statusCode ?? 0,
          headers: pairs(response.rawHeaders),
          body: Buffer.concat(pieces).toString('latin1'),
        }),
      );
    });
    outgoing.end(Buffer.from(body, 'latin1'));
  });
}
