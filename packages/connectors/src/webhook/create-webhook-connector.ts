import { lookup } from 'node:dns/promises';
import type { DeliveryOutcome, WebhookSettings } from '@vedette/contracts';
import { Agent, type Dispatcher, request } from 'undici';
import type { Connector } from '../connector.ts';
import { oneLine } from '../one-line.ts';
import { signWebhook } from './sign-webhook.ts';
import { type ResolveHost, targetAddress } from './target-address.ts';
import { webhookOutcome } from './webhook-outcome.ts';

/** Bounds of one attempt. */
const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 15_000;
/** How much of an answer is read; it only serves to explain a refusal. */
const ANSWER_LIMIT_BYTES = 4_096;

export interface WebhookDependencies {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly resolve?: ResolveHost;
  /** Certificates (PEM) to trust instead of the system's; for receivers with a private authority. */
  readonly ca?: string;
  readonly connectTimeoutMs?: number;
  readonly answerTimeoutMs?: number;
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map((one) => one.address);
}

/** Stops waiting when the signal ends; what was asked for goes on unheard. */
async function within<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(new Error('ended'));
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
  return await Promise.race([asked, ended]);
}

/** Reads the beginning of a body and lets go of the rest. */
async function readStart(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) break;
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length >= ANSWER_LIMIT_BYTES) break;
    }
  } catch {
    // The status has been received; that the explanation broke off changes nothing.
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_LIMIT_BYTES).toString('utf8');
}

function settingsProblem(url: URL, settings: WebhookSettings): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'the address must begin with https://';
  if (url.username !== '' || url.password !== '') return 'the address must not carry a user name or password';
  if (url.protocol === 'http:' && !settings.allowPrivateAddress) {
    return 'the address must begin with https:// (http is only for private addresses that were allowed)';
  }
  return null;
}

/**
 * A webhook as Standard Webhooks 1.0 has it: POST of `{ type, timestamp, data }`, signed, `webhook-id` = the delivery's idempotency key. Redirects are not followed, the address is
 * resolved once and pinned, and private addresses are refused unless allowed.
 */
export function createWebhookConnector(settings: WebhookSettings, dependencies: WebhookDependencies): Connector {
  const resolve = dependencies.resolve ?? resolveBySystem;
  const connectTimeoutMs = dependencies.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const answerTimeoutMs = dependencies.answerTimeoutMs ?? ANSWER_TIMEOUT_MS;

  async function post(id: string, payload: object, signal: AbortSignal): Promise<DeliveryOutcome> {
    const url = new URL(settings.url);
    const problem = settingsProblem(url, settings);
    if (problem !== null) return { outcome: 'rejected', detail: problem };
    const target = await targetAddress(url.hostname, settings.allowPrivateAddress, (host) =>
      within(resolve(host), AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)])),
    );
    if ('refused' in target) return { outcome: 'rejected', detail: target.refused };
    if ('unresolved' in target) return { outcome: 'retry', detail: target.unresolved };

    const body = JSON.stringify(payload);
    const timestamp = Math.floor(dependencies.now() / 1000);
    const agent = new Agent({
      pipelining: 0,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      connect: {
        timeout: connectTimeoutMs,
        ...(dependencies.ca === undefined ? {} : { ca: dependencies.ca }),
        lookup: (_host, options, answer) => {
          if (options.all === true) answer(null, [{ address: target.address, family: target.family }]);
          else answer(null, target.address, target.family);
        },
      },
    });
    try {
      const response = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Vedette-Webhook/1',
          ...signWebhook(settings.secret, id, timestamp, body),
        },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs + answerTimeoutMs)]),
      });
      const retryAfter = response.headers['retry-after'];
      return webhookOutcome(
        {
          status: response.statusCode,
          retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
          body: await readStart(response.body),
        },
        dependencies.now(),
      );
    } catch (error) {
      return { outcome: 'retry', detail: oneLine(`no answer: ${describe(error)}`, 300) };
    } finally {
      await agent.destroy();
    }
  }

  return {
    kind: 'webhook',
    deliver: (delivery, signal) =>
      post(delivery.idempotencyKey, { type: 'vedette.action', timestamp: delivery.at, data: delivery }, signal),
    sendTest: ({ idempotencyKey, organisation, at, link }, signal) =>
      post(idempotencyKey, { type: 'vedette.test', timestamp: at, data: { organisation, link } }, signal),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return `${code}${error.message}`;
}
