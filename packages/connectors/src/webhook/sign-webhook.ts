import { createHmac } from 'node:crypto';

/**
 * The three headers of Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks, "Webhook metadata" and "Signature scheme"):
 * HMAC-SHA256 over `id.timestamp.body` under the decoded secret, base64, prefixed `v1,`.
 * @param secret `whsec_` + base64
 * @param timestamp seconds since 1970
 */
export function signWebhook(
  secret: string,
  id: string,
  timestamp: number,
  body: string,
): { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string } {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${mac}` };
}
