import { connect } from 'node:net';
import {
  MaybeConsumable,
  ReadableStream,
  type AbortSignal as StreamSignal,
  type WritableStream,
} from '@yume-chan/stream-extra';

/** A TCP connection as the streams the library works with. */
export interface TcpStreams {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<MaybeConsumable<Uint8Array>>;
  readonly closed: Promise<undefined>;
  /** Ends the connection at once. */
  close(): void;
}

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  /** Time to connect, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the connection, also later. */
  readonly signal?: StreamSignal | undefined;
  /** Whether the process may end while it is open. */
  readonly unref?: boolean | undefined;
}

/** @throws Error with a `code` when nobody answers in time */
export async function connectTcp({ host, port, timeoutMs, signal, unref }: TcpOptions): Promise<TcpStreams> {
  signal?.throwIfAborted();
  const socket = connect({ host, port });
  if (unref === true) socket.unref();
  socket.setNoDelay(true);
  const closed = new Promise<undefined>((resolve) => void socket.once('close', () => resolve(undefined)));
  const stop = (): void => void socket.destroy();
  signal?.addEventListener('abort', stop);
  void closed.then(() => signal?.removeEventListener('abort', stop));
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => socket.destroy(Object.assign(new Error('connection timed out'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    );
    const fail = (error?: Error): void => {
      clearTimeout(late);
      reject(error ?? new Error('connection closed'));
    };
    socket.once('error', fail);
    socket.once('close', () => fail());
    socket.once('connect', () => {
      clearTimeout(late);
      socket.off('error', fail);
      resolve();
    });
  });
  let ended = false;
  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (error?: Error): void => {
        if (ended) return;
        ended = true;
        if (error === undefined) controller.close();
        else controller.error(error);
      };
      socket.on('data', (chunk) => {
        if (ended) return;
        controller.enqueue(Uint8Array.from(chunk));
        if ((controller.desiredSize ?? 0) <= 0) socket.pause();
      });
      socket.on('error', end);
      socket.on('end', () => end());
      socket.on('close', () => end());
    },
    pull: () => void socket.resume(),
    cancel() {
      ended = true;
      socket.destroy();
    },
  });
  const writable = new MaybeConsumable.WritableStream<Uint8Array>({
    // A lost connection is noticed where it is read; the library also writes where nobody hears of a failure.
    write: (chunk) => new Promise<void>((resolve) => void socket.write(chunk, () => resolve())),
  });
  return { readable, writable, closed, close: () => void socket.destroy() };
}
