import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createBoundedBytes } from '@vedette/adb';
import type { UsbmuxAddress } from './usbmux-address.ts';

/** A connection that is read as one asks it: what nobody asked for waits with the other side. */
export interface BytePipe {
  /**
   * Exactly so many bytes.
   * @throws Error when the connection ends before
   */
  read(length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws Error when the connection has ended */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the connection at once; what is being read or written then fails. */
  close(): void;
  /**
   * Hands the socket over, to speak another protocol on it.
   * @throws Error when the other side said more than was asked
   */
  release(): Socket;
}

/**
 * Connects to usbmuxd. `signal` ends the connection, also later.
 * @throws Error with a `code` when nobody answers there
 */
export async function connectPipe(address: UsbmuxAddress, signal: AbortSignal): Promise<BytePipe> {
  signal.throwIfAborted();
  const socket = connect(address);
  socket.setNoDelay(true);
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop);
  socket.once('close', () => signal.removeEventListener('abort', stop));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve();
    });
  });
  return pipeOver(socket, socket);
}

/** @param socket what carries the stream, where that is encrypted */
export function pipeOver(stream: Duplex, socket: Socket): BytePipe {
  const state: { waiting: Buffer | null; error: Error | null; ended: boolean } = {
    waiting: null,
    error: null,
    ended: false,
  };
  let wake: () => void = () => undefined;
  const onReadable = (): void => wake();
  const onEnd = (): void => {
    state.ended = true;
    wake();
  };
  const onError = (error: Error): void => {
    state.error ??= error;
    wake();
  };
  stream.on('readable', onReadable);
  stream.on('end', onEnd);
  stream.on('close', onEnd);
  stream.on('error', onError);

  /** The next bytes there are; null at the end. */
  const next = async (): Promise<Buffer | null> => {
    for (;;) {
      const { waiting } = state;
      state.waiting = null;
      if (waiting !== null) return waiting;
      const chunk: unknown = stream.read();
      if (Buffer.isBuffer(chunk)) return chunk;
      if (state.error !== null) throw state.error;
      if (state.ended) return null;
      await new Promise<void>((resolve) => void (wake = resolve));
    }
  };
  return {
    async read(length) {
      const bytes = createBoundedBytes(length);
      for (let missing = length; missing > 0; ) {
        const chunk = await next();
        if (chunk === null) throw new Error('broke off');
        bytes.add(chunk);
        if (chunk.length > missing) state.waiting = chunk.subarray(missing);
        missing -= chunk.length;
      }
      return bytes.bytes();
    },
    async write(bytes) {
      await new Promise<void>((resolve, reject) => {
        stream.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(error)));
      });
    },
    close() {
      stream.destroy();
      socket.destroy();
    },
    release() {
      if (state.waiting !== null || stream.readableLength > 0) throw new Error('more was said than was asked');
      for (const [name, listener] of [
        ['readable', onReadable],
        ['end', onEnd],
        ['close', onEnd],
      ] as const)
        stream.off(name, listener);
      return socket;
    },
  };
}
