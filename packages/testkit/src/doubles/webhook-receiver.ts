import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request as it came in. */
export interface ReceivedWebhook {
  /** `webhook-id`: the idempotency key of the message. */
  readonly id: string;
  readonly timestamp: number;
  /** Whether the signature is right, by Standard Webhooks 1.0. */
  readonly verified: boolean;
  readonly body: string;
  /** The body as JSON, undefined when it is none. */
  readonly json: unknown;
  readonly status: number;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly secret: string;
  readonly received: readonly ReceivedWebhook[];
  /** Received requests that were answered with 2xx, one per id: what a receiver acts on. */
  readonly accepted: readonly ReceivedWebhook[];
  /** Answers the next `times` requests with `status`. */
  failNext(times: number, status?: number): void;
  /** Resolves when `count` requests were accepted in all; rejects after `timeoutMs`. */
  waitForAccepted(count: number, timeoutMs?: number): Promise<readonly ReceivedWebhook[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface WebhookReceiverOptions {
  /** `whsec_` + base64. */
  readonly secret?: string;
  readonly port?: number;
  /** Milliseconds since the epoch; for the age of a message. */
  readonly clock?: () => number;
}

const LARGEST_BODY = 1024 * 1024;
/** Standard Webhooks 1.0, "Verifying timestamps": messages older or younger than a tolerance are refused; the reference uses five minutes. */
const TOLERANCE_SECONDS = 300;

/** A webhook endpoint on loopback that behaves as a careful receiver should: wrong signature 401, stale message 400, else 204. */
export async function startWebhookReceiver(options: WebhookReceiverOptions = {}): Promise<WebhookReceiver> {
  const { secret = `whsec_${Buffer.alloc(24, 'v').toString('base64')}`, clock = Date.now } = options;
  const received: ReceivedWebhook[] = [];
  const watchers = new Set<() => void>();
  let failures = { left: 0, status: 503 };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) {
      response.writeHead(413).end();
      return;
    }
    const id = String(request.headers['webhook-id'] ?? '');
    const timestamp = Number(request.headers['webhook-timestamp'] ?? Number.NaN);
    const verified = verifySignature({
      secret,
      id,
      timestamp,
      body,
      header: String(request.headers['webhook-signature'] ?? ''),
    });
    let status = 204;
    if (failures.left > 0) {
      failures.left -= 1;
      status = failures.status;
    } else if (!verified) status = 401;
    else if (Math.abs(clock() / 1000 - timestamp) > TOLERANCE_SECONDS) status = 400;
    received.push({ id, timestamp, verified, body, json: parseJson(body), status });
    response.writeHead(status).end();
    for (const watcher of watchers) watcher();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  const { port } = address;
  const accepted = () => [
    ...new Map(received.filter(({ status }) => status < 300).map((one) => [one.id, one])).values(),
  ];

  return {
    url: `http://127.0.0.1:${port}/hook`,
    secret,
    received,
    get accepted() {
      return accepted();
    },
    failNext(times, status = 503) {
      failures = { left: times, status };
    },
    waitForAccepted: (count, timeoutMs = 10_000) =>
      awaitCondition(watchers, () => (accepted().length >= count ? accepted() : null), {
        timeoutMs,
        failure: () =>
          `${accepted().length} of ${count} webhooks were accepted; answers so far: ${received.map(({ status }) => status).join(', ')}`,
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Signed {
  readonly secret: string;
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
  readonly header: string;
}

/**
 * Standard Webhooks 1.0, "Signature scheme": the signed content is `id.timestamp.body`, the key the base64 after `whsec_`; the header
 * lists `v1,BASE64` signatures with spaces between, any of which may match.
 */
function verifySignature({ secret, id, timestamp, body, header }: Signed): boolean {
  if (id === '' || !Number.isInteger(timestamp)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return header.split(' ').some((part) => {
    const [version, value = ''] = part.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Waits until `look` gives a value, looking again whenever one of the watchers is called. */
export function awaitCondition<T>(
  watchers: Set<() => void>,
  look: () => T | null,
  { timeoutMs, failure }: { readonly timeoutMs: number; readonly failure: () => string },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(timer);
      watchers.delete(check);
      act();
    };
    const check = (): void => {
      const value = look();
      if (value !== null) finish(() => resolve(value));
    };
    const timer = setTimeout(() => finish(() => reject(new Error(failure()))), timeoutMs);
    watchers.add(check);
    check();
  });
}
