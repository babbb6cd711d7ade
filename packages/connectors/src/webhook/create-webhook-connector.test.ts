import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aDelivery } from '../delivery.fixture.ts';
import { createWebhookConnector, type WebhookDependencies } from './create-webhook-connector.ts';

const KEY = Buffer.alloc(32, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;
const NOW_MS = Date.parse('2026-11-22T12:00:00.000Z');
const servers: Server[] = [];

interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real receiver on loopback that keeps what it got. */
async function receiver(answer: (response: ServerResponse, nth: number) => void) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response, received.length);
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { received, port: (server.address() as AddressInfo).port };
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

const signal = new AbortController().signal;
function connector(url: string, allowPrivateAddress = true, more: Partial<WebhookDependencies> = {}) {
  return createWebhookConnector({ url, secret: SECRET, allowPrivateAddress }, { now: () => NOW_MS, ...more });
}
const answerWith =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };

describe('the webhook connector', () => {
  it('posts a signed message that a Standard Webhooks receiver can verify', async () => {
    const { received, port } = await receiver(answerWith(204));
    const outcome = await connector(`http://127.0.0.1:${port}/hook`).deliver(aDelivery(), signal);
    expect(outcome).toEqual({ outcome: 'delivered', detail: 'HTTP 204' });
    const [message] = received;
    if (message === undefined) throw new Error('nothing arrived');
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = message.headers;
    expect(id).toBe(aDelivery().idempotencyKey);
    expect(timestamp).toBe(String(NOW_MS / 1000));
    const expected = createHmac('sha256', KEY)
      .update(`${String(id)}.${String(timestamp)}.${message.body}`)
      .digest();
    expect(timingSafeEqual(Buffer.from(String(signature).slice(3), 'base64'), expected)).toBe(true);
    expect(JSON.parse(message.body)).toEqual({ type: 'vedette.action', timestamp: aDelivery().at, data: aDelivery() });
  });

  it('sends the same bytes under the same id on a retry', async () => {
    const { received, port } = await receiver(answerWith(500));
    const hook = connector(`http://127.0.0.1:${port}/`);
    await hook.deliver(aDelivery(), signal);
    await hook.deliver(aDelivery(), signal);
    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
  });

  it.each([
    [200, {}, { outcome: 'delivered' }],
    [410, {}, { outcome: 'rejected' }],
    [404, {}, { outcome: 'rejected', detail: 'HTTP 404: no such hook' }],
    [408, {}, { outcome: 'retry' }],
    [425, {}, { outcome: 'retry' }],
    [429, { 'retry-after': '120' }, { outcome: 'retry', afterSeconds: 120 }],
    [503, { 'retry-after': 'Sun, 22 Nov 2026 12:01:00 GMT' }, { outcome: 'retry', afterSeconds: 60 }],
    [503, { 'retry-after': '99999999' }, { outcome: 'retry', afterSeconds: 86_400 }],
    [503, { 'retry-after': 'soon' }, { outcome: 'retry' }],
  ])('takes status %i with %j as %j', async (status, headers, expected) => {
    const { port } = await receiver(answerWith(status, headers, 'no such\r\nhook'));
    expect(await connector(`http://127.0.0.1:${port}/`).deliver(aDelivery(), signal)).toMatchObject(expected);
  });

  it('does not follow a redirect', async () => {
    const { received, port } = await receiver(answerWith(302, { location: '/elsewhere' }));
    expect(await connector(`http://127.0.0.1:${port}/`).deliver(aDelivery(), signal)).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringContaining('redirect'),
    });
    expect(received).toHaveLength(1);
  });

  it('does not read an endless answer', async () => {
    const { port } = await receiver((response) => {
      response.writeHead(400);
      const pump = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', pump);
      };
      pump();
    });
    const outcome = await connector(`http://127.0.0.1:${port}/`).deliver(aDelivery(), signal);
    expect(outcome.outcome).toBe('rejected');
    expect(outcome.detail.length).toBeLessThan(300);
  });

  it('gives up on a receiver that does not answer, and when told to stop', async () => {
    const { port } = await receiver(() => {});
    const slow = connector(`http://127.0.0.1:${port}/`, true, { answerTimeoutMs: 50, connectTimeoutMs: 50 });
    expect(await slow.deliver(aDelivery(), signal)).toMatchObject({ outcome: 'retry' });
    expect(await connector(`http://127.0.0.1:${port}/`).deliver(aDelivery(), AbortSignal.timeout(20))).toMatchObject({
      outcome: 'retry',
    });
  });

  it('does not wait for ever for a name to be resolved', async () => {
    const resolve = () => new Promise<never>(() => {});
    const slow = connector('https://hook.example/', false, { resolve, connectTimeoutMs: 20 });
    expect(await slow.deliver(aDelivery(), signal)).toMatchObject({ outcome: 'retry' });
  });

  it('tries again later when nobody listens', async () => {
    const { port } = await receiver(answerWith(200));
    const closed = servers.splice(0)[0];
    await new Promise((done) => closed?.close(done));
    expect(await connector(`http://127.0.0.1:${port}/`).deliver(aDelivery(), signal)).toMatchObject({
      outcome: 'retry',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('reaches no private address unless allowed, whatever name it has', async () => {
    const { received, port } = await receiver(answerWith(200));
    const resolve = () => Promise.resolve(['127.0.0.1']);
    for (const url of [
      `https://127.0.0.1:${port}/`,
      `https://[::1]:${port}/`,
      `https://hook.example:${port}/`,
      `https://2130706433:${port}/`,
    ]) {
      expect(await connector(url, false, { resolve }).deliver(aDelivery(), signal)).toMatchObject({
        outcome: 'rejected',
      });
    }
    expect(await connector(`http://hook.example:${port}/`, false).deliver(aDelivery(), signal)).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringContaining('https'),
    });
    expect(received).toHaveLength(0);
  });

  it('connects to the address that was checked, though the name now answers otherwise', async () => {
    const { received, port } = await receiver(answerWith(200));
    let asked = 0;
    const resolve = () => Promise.resolve([['127.0.0.1'], ['10.255.255.1']][asked++] ?? []);
    expect(
      await connector(`http://hook.example:${port}/`, true, { resolve }).deliver(aDelivery(), signal),
    ).toMatchObject({ outcome: 'delivered' });
    expect(asked).toBe(1);
    expect(received[0]?.headers.host).toBe(`hook.example:${port}`);
  });

  it('sends a test that is marked as one', async () => {
    const { received, port } = await receiver(answerWith(200));
    const message = {
      idempotencyKey: 'test:1',
      organisation: 'Example',
      at: '2026-11-22T12:00:00.000Z',
      link: 'https://v.example',
    };
    expect(await connector(`http://127.0.0.1:${port}/`).sendTest(message, signal)).toMatchObject({
      outcome: 'delivered',
    });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      type: 'vedette.test',
      data: { organisation: 'Example' },
    });
  });
});
