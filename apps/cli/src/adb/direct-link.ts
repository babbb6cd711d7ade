import { createFrameReader, type PhoneLink, signIn } from '@vedette/adb';
import type { AdbPacketData, AdbPacketInit } from '@yume-chan/adb';
import { Consumable, ReadableStream } from '@yume-chan/stream-extra';
import { CliError, EXIT } from '../exit-code.ts';
import { printAddress, type TcpAddress } from './adb-address.ts';
import { makeHostKey, readHostKeys } from './host-keys.ts';
import { connectTcp, type TcpStreams } from './tcp-streams.ts';

const CONNECT_MS = 10_000;
/** Header of a message and the largest payload, in bytes (adb.h: `MAX_PAYLOAD`). */
const HEADER_BYTES = 24;
const MAX_PAYLOAD_BYTES = 1024 * 1024;
/** 'STLS': the phone wants TLS, as wireless debugging since Android 11 does. */
const START_TLS = 0x534c5453;

export interface DirectOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Called when the phone shows its question. */
  readonly onQuestion: () => void;
  readonly connectMs?: number;
  readonly allowMs?: number;
}

/**
 * Links to a phone over TCP without an adb server: `adb tcpip 5555` on the phone, or a device that always listens. Signs in with adb's keys, and makes one where there is none.
 * @throws CliError when nobody answers, the phone does not allow this computer, or asks for TLS
 */
export async function linkDirectly(address: TcpAddress, options: DirectOptions): Promise<PhoneLink> {
  const { env, signal, onQuestion, connectMs = CONNECT_MS, allowMs } = options;
  const name = printAddress(address);
  const tcp = await connectTcp({ ...address, timeoutMs: connectMs, signal }).catch((error: unknown) => {
    throw new CliError(EXIT.failed, `no phone answers at ${name} (${reasonOf(error)})`, { cause: error });
  });
  try {
    const keys = await readHostKeys(env);
    const link = await signIn({
      connection: { readable: messagesOf(tcp), writable: messageWriter(tcp) },
      serial: name,
      keys: { iterateKeys: () => keys, generateKey: () => makeHostKey(env) },
      signal,
      onQuestion,
      ...(allowMs === undefined ? {} : { allowMs }),
    });
    return {
      ...link,
      async close() {
        await link.close();
        tcp.close();
      },
    };
  } catch (error) {
    tcp.close();
    if (error instanceof CliError) throw error;
    if (signal.aborted) throw new CliError(EXIT.failed, 'stopped', { cause: error });
    throw new CliError(EXIT.failed, reasonOf(error), { cause: error });
  }
}

/** The messages in the bytes of a phone; the stream fails on what is none. */
function messagesOf(tcp: TcpStreams): ReadableStream<AdbPacketData> {
  const ready: AdbPacketData[] = [];
  const reader = tcp.readable.getReader();
  const shape = {
    headerBytes: HEADER_BYTES,
    payloadBytes(header: DataView) {
      if (header.getUint32(20, true) !== ~header.getUint32(0, true) >>> 0)
        throw new RangeError('what answers there does not speak ADB');
      return header.getUint32(12, true);
    },
    maxPayloadBytes: MAX_PAYLOAD_BYTES,
  };
  const feed = createFrameReader(shape, ({ header, payload }) => {
    const command = header.getUint32(0, true);
    if (command === START_TLS)
      throw new RangeError(
        'it asks for TLS, as wireless debugging does; pair and connect it with adb, then name its serial',
      );
    ready.push({ command, arg0: header.getUint32(4, true), arg1: header.getUint32(8, true), payload });
  });
  return new ReadableStream<AdbPacketData>({
    async pull(controller) {
      while (ready.length === 0) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        feed(value);
      }
      for (const message of ready.splice(0)) controller.enqueue(message);
    },
    cancel: async (reason) => await reader.cancel(reason),
  });
}

function messageWriter(tcp: TcpStreams): Consumable.WritableStream<AdbPacketInit>['prototype'] {
  const writer = tcp.writable.getWriter();
  return new Consumable.WritableStream<AdbPacketInit>({
    async write({ command, arg0, arg1, checksum, magic, payload }) {
      const bytes = new Uint8Array(HEADER_BYTES + payload.length);
      const view = new DataView(bytes.buffer);
      for (const [index, word] of [command, arg0, arg1, payload.length, checksum, magic].entries())
        view.setUint32(index * 4, word >>> 0, true);
      bytes.set(payload, HEADER_BYTES);
      await writer.write(bytes);
    },
    close: () => tcp.close(),
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
