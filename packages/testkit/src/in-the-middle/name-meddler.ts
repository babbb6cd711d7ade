import { createSocket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { type DecodedPacket, decode, encode } from 'dns-packet';
import type { Middle } from './middle.ts';

/** One answer of his own: address or code, after a while. */
export interface NameAnswer {
  readonly addresses?: readonly string[];
  /** 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly rcode?: number;
  readonly afterMs?: number;
  readonly ttl?: number;
}

export interface NameMeddlerOptions {
  readonly upstreamPort: number;
  /** Answers of his own to a question. */
  readonly answers?: (name: string, count: number) => readonly NameAnswer[];
  /** Whether the question goes to the server as well, and its answer comes back. Default: where he has none of his own. */
  readonly passes?: (name: string, count: number) => boolean;
  readonly onAnswer?: (packet: DecodedPacket) => DecodedPacket;
  /** The true answer comes so late, and so often. */
  readonly delayMs?: number;
  readonly copies?: number;
}

/** Stands between a client and its resolver. */
export async function startNameMeddler(options: NameMeddlerOptions): Promise<Middle> {
  const { upstreamPort, answers = () => [], passes, onAnswer = (packet) => packet, delayMs = 0, copies = 1 } = options;
  const near = createSocket('udp4');
  let [fired, count] = [0, 0];
  let closed = false;
  const reply = (bytes: Uint8Array, port: number): void => {
    if (!closed) near.send(bytes, port, '127.0.0.1');
  };
  near.on('message', (message, client) => {
    const asked = decode(message);
    const [question] = asked.questions ?? [];
    const name = question?.name ?? '';
    const nth = count++;
    const own = answers(name, nth);
    const on = passes?.(name, nth) ?? own.length === 0;
    if (own.length > 0 || !on || delayMs > 0 || copies > 1) fired += 1;
    for (const { addresses = [], rcode = 0, afterMs = 0, ttl = 60 } of own)
      void wait(afterMs).then(() =>
        reply(
          encode({
            id: asked.id ?? 0,
            type: 'response',
            flags: rcode,
            questions: asked.questions ?? [],
            answers: addresses.map((data) => ({
              type: data.includes(':') ? 'AAAA' : 'A',
              class: 'IN',
              name,
              ttl,
              data,
            })),
          }),
          client.port,
        ),
      );
    if (!on) return;
    const far = createSocket('udp4');
    far.on('error', () => far.close());
    far.once('message', (answer) => {
      far.close();
      const read = decode(answer);
      const changed = onAnswer(read);
      if (changed !== read) fired += 1;
      const bytes = changed === read ? answer : encode(changed);
      void wait(delayMs).then(() => {
        for (let copy = 0; copy < copies; copy++) reply(bytes, client.port);
      });
    });
    far.send(message, upstreamPort, '127.0.0.1');
  });
  await new Promise<void>((resolve) => near.bind(0, '127.0.0.1', resolve));
  return {
    port: near.address().port,
    fired: () => fired,
    async [Symbol.asyncDispose]() {
      closed = true;
      await new Promise<void>((resolve) => near.close(() => resolve()));
    },
  };
}
