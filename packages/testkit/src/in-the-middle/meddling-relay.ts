import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClientHello } from '@vedette/network';
import { type Middle, startMiddle } from './middle.ts';
import { readAhead } from './read-ahead.ts';

export interface MeddlingRelayOptions {
  readonly upstreamPort: number;
  /** What he does with a connection by its greeting. */
  readonly onHello?: (hello: ClientHello, count: number) => 'pass' | 'reset' | 'drop' | 'end' | 'alert';
  /** Greeting as it is passed on. */
  readonly rewriteHello?: (bytes: Buffer) => Buffer;
  /** After so many bytes from the server he passes nothing on, or breaks off. */
  readonly cut?: { readonly afterBytes: number; readonly by: 'drop' | 'reset' };
  readonly link?: LinkQuality;
}

/** A way that is long, lossy or narrow. */
export interface LinkQuality {
  /** One way, in milliseconds. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** Share of pieces that are lost and sent again after a while, 0 to 1. */
  readonly loss?: number;
  readonly bytesPerSecond?: number;
  /** Numbers from 0 to 1. */
  readonly random?: () => number;
}

/** Passes connections on, and meddles with them below TLS. */
export function startMeddlingRelay(options: MeddlingRelayOptions): Promise<Middle> {
  const { upstreamPort, onHello = () => 'pass', rewriteHello = (bytes) => bytes, cut, link } = options;
  let [fired, count] = [0, 0];
  const server = createServer((client) => {
    const begin = (first: Buffer | null): void => {
      const onward = connect(upstreamPort, '127.0.0.1');
      onward.on('error', () => client.destroy());
      client.once('close', () => onward.destroy());
      onward.once('end', () => down.end());
      const up = paced(onward, link);
      const down = paced(client, link);
      if (link !== undefined) fired += 1;
      if (first !== null) up.write(first);
      client.on('data', up.write);
      client.on('end', up.end);
      let passed = 0;
      onward.on('data', (data: Buffer) => {
        if (cut === undefined || passed + data.length <= cut.afterBytes) {
          passed += data.length;
          return down.write(data);
        }
        if (passed < cut.afterBytes) down.write(data.subarray(0, cut.afterBytes - passed));
        if (passed <= cut.afterBytes) fired += 1;
        passed = Number.POSITIVE_INFINITY;
        if (cut.by === 'reset') client.resetAndDestroy();
      });
      client.resume();
    };
    if (options.onHello === undefined && options.rewriteHello === undefined) return begin(null);
    readAhead(client, (hello, bytes) => {
      const what = hello === null ? 'pass' : onHello(hello, count++);
      if (what === 'pass') {
        const changed = rewriteHello(bytes);
        if (!changed.equals(bytes)) fired += 1;
        return begin(changed);
      }
      fired += 1;
      if (what === 'reset') client.resetAndDestroy();
      if (what === 'end') client.end();
      // Fatal alert: protocol_version (RFC 8446, 6).
      if (what === 'alert') client.end(Buffer.of(21, 3, 3, 0, 2, 2, 70));
      if (what === 'drop') client.resume();
    });
  });
  return startMiddle(server, () => fired);
}

const RESEND_MS = 250;

interface Way {
  write(data: Buffer): void;
  /** Behind all that is still on its way. */
  end(): void;
}

/** Writes to a socket over a link: in order, each piece after its delay, its losses and its share of the rate. */
function paced(socket: Socket, link: LinkQuality | undefined): Way {
  if (link === undefined) return { write: (data) => void socket.write(data), end: () => void socket.end() };
  const { delayMs = 0, jitterMs = 0, loss = 0, bytesPerSecond = Number.POSITIVE_INFINITY, random = Math.random } = link;
  let last = Promise.resolve();
  const send = (data: Buffer): void => {
    const arrives = Date.now() + delayMs + random() * jitterMs + lossMs(loss, random, delayMs);
    last = last.then(async () => {
      await wait(Math.max(0, arrives - Date.now()));
      const piece = Math.max(1, Math.ceil(bytesPerSecond / 20));
      for (let at = 0; at < data.length && !socket.destroyed; at += piece) {
        if (Number.isFinite(bytesPerSecond)) await wait((Math.min(piece, data.length - at) / bytesPerSecond) * 1_000);
        socket.write(data.subarray(at, at + piece));
      }
    });
  };
  return { write: send, end: () => void (last = last.then(() => void socket.end())) };
}

/** What TCP makes of loss: nothing is missing, it is late, twice as late each time (RFC 6298, 5.5). */
function lossMs(loss: number, random: () => number, delayMs: number): number {
  let [late, again] = [0, RESEND_MS + 2 * delayMs];
  for (; random() < loss && late < 8_000; again *= 2) late += again;
  return late;
}
