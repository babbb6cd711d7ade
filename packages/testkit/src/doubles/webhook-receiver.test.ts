import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver[Symbol.asyncDispose]());

function sign(id: string, timestamp: number, body: string, secret = receiver.secret): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

async function send(id: string, body: string, over: Record<string, string> = {}): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(id, timestamp, body),
    ...over,
  };
  return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
}

describe('startWebhookReceiver', () => {
  it('verifies the example of the Standard Webhooks specification', async () => {
    const fixed = await startWebhookReceiver({
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      clock: () => 1614265330_000,
    });
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const response = await fetch(fixed.url, { method: 'POST', headers, body: '{"test": 2432232314}' });
    await fixed[Symbol.asyncDispose]();
    expect(response.status).toBe(204);
  });

  it('records what it accepts, once per id', async () => {
    const waiting = receiver.waitForAccepted(2);
    expect([await send('a', '{"n":1}'), await send('a', '{"n":1}'), await send('b', '{"n":2}')]).toEqual([
      204, 204, 204,
    ]);
    expect((await waiting).map(({ json }) => json)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(receiver.received).toHaveLength(3);
  });

  it('refuses a wrong signature, a changed body and an old message', async () => {
    const old = Math.floor(Date.now() / 1000) - 3600;
    expect(await send('a', '{}', { 'webhook-signature': 'v1,AAAA' })).toBe(401);
    expect(await send('a', '{}', { 'webhook-signature': sign('a', Math.floor(Date.now() / 1000), '{"x":1}') })).toBe(
      401,
    );
    expect(await send('a', '{}', { 'webhook-timestamp': String(old), 'webhook-signature': sign('a', old, '{}') })).toBe(
      400,
    );
    expect(receiver.accepted).toEqual([]);
  });

  it('fails as often as told', async () => {
    receiver.failNext(2);
    expect([await send('a', '{}'), await send('a', '{}'), await send('a', '{}')]).toEqual([503, 503, 204]);
  });

  it('says what is missing when waiting was in vain', async () => {
    receiver.failNext(1, 410);
    await send('a', '{}');
    await expect(receiver.waitForAccepted(1, 20)).rejects.toThrow('0 of 1 webhooks were accepted; answers so far: 410');
  });
});
