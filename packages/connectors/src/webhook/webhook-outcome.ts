import type { DeliveryOutcome } from '@vedette/contracts';
import { oneLine } from '../one-line.ts';

/** A receiver cannot put an action off for longer than this, in seconds. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;
/** Client errors that pass with time: RFC 9110 section 15.5.9, RFC 8470 section 5.2, RFC 6585 section 4. */
const PASSING_CLIENT_ERRORS: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * `Retry-After`, RFC 9110 section 10.2.3: seconds, or an HTTP date.
 * @returns seconds from now, at least 1, at most a day; undefined when absent or senseless
 */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Math.ceil(seconds)));
}

/**
 * What an HTTP answer means: 2xx delivered; 4xx rejected but for those that pass with time; everything else (also a redirect, which is not followed) is tried again.
 * @param body the beginning of the answer's body, for the detail only
 */
export function webhookOutcome(
  answer: { status: number; retryAfter: string | undefined; body: string },
  nowMs: number,
): DeliveryOutcome {
  const { status } = answer;
  const said = oneLine(answer.body, 200);
  const detail = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  if (status >= 200 && status < 300) return { outcome: 'delivered', detail: `HTTP ${status}` };
  if (status >= 300 && status < 400)
    return { outcome: 'rejected', detail: `HTTP ${status}: redirects are not followed; enter the final address` };
  if (status >= 400 && status < 500 && !PASSING_CLIENT_ERRORS.has(status)) return { outcome: 'rejected', detail };
  const afterSeconds = retryAfterSeconds(answer.retryAfter, nowMs);
  return afterSeconds === undefined ? { outcome: 'retry', detail } : { outcome: 'retry', detail, afterSeconds };
}
