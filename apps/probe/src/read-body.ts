import type { IncomingMessage } from 'node:http';

const MOST = 16_384;

/** The body of a request; null where it is longer than any of ours, or breaks off. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request) {
      if (!Buffer.isBuffer(piece)) return null;
      length += piece.length;
      if (length > MOST) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  return Buffer.concat(pieces, length);
}

/** Names and values as they arrived, within the limits of a statement. */
export function rawHeadersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length && pairs.length < 100; at += 2)
    pairs.push([(rawHeaders[at] ?? '').slice(0, 200), (rawHeaders[at + 1] ?? '').slice(0, 4_096)]);
  return pairs;
}
