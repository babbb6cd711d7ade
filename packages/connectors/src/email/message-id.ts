import { createHash } from 'node:crypto';

/**
 * A Message-ID (RFC 5322 section 3.6.4) that follows from the idempotency key, so that a retry is the same message to every mail system that looks.
 * @param from the sender's address; its domain makes the right side
 */
export function messageId(idempotencyKey: string, from: string): string {
  const left = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return `<${left}@${domain}>`;
}
