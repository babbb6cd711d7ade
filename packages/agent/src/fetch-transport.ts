import { AGENT_CONTENT_TYPE } from '@vedette/contracts';
import type { Transport, TransportAnswer } from './transport.ts';

/** Answers are a few hundred bytes; what is longer is not from a Vedette server. */
const LONGEST_ANSWER_BYTES = 256 * 1024;

export interface FetchTransportOptions {
  /** Base address of the server, as `parseServerAddress` gives it. */
  readonly server: string;
  readonly fetch: typeof globalThis.fetch;
  /** A signal that aborts after so many milliseconds; `AbortSignal.timeout` where the host has it. */
  readonly timeoutSignal: (ms: number) => AbortSignal;
  readonly timeoutMs?: number;
}

/** Transport over the Fetch API. Redirects are not followed: a signed message goes to the server enrolled with, nowhere else. */
export function createFetchTransport(options: FetchTransportOptions): Transport {
  const { server, fetch, timeoutSignal, timeoutMs = 30_000 } = options;
  return {
    async post(path, body, contentType): Promise<TransportAnswer> {
      try {
        const response = await fetch(`${server}${path}`, {
          method: 'POST',
          headers: {
            'content-type': contentType ?? AGENT_CONTENT_TYPE,
            accept: 'application/json, application/problem+json',
          },
          body,
          redirect: 'manual',
          signal: timeoutSignal(timeoutMs),
        });
        const retryAfter = response.headers.get('retry-after');
        return {
          kind: 'answered',
          status: response.status,
          body: await readAtMost(response, LONGEST_ANSWER_BYTES),
          retryAfterSeconds: retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null,
        };
      } catch (error) {
        return { kind: 'unreachable', detail: describeFailure(error) };
      }
    },
  };
}

async function readAtMost(response: Response, limit: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    received += value.byteLength;
    if (received > limit) {
      await reader.cancel();
      throw new Error(`the answer is longer than ${limit} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Fetch hides the reason in `cause`: `fetch failed` alone helps nobody. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  if (cause instanceof Error) return cause.message;
  return error.message;
}
