import { type Adb, AdbFeature, type AdbSocket } from '@yume-chan/adb';
import { withinTime } from './within-time.ts';

/** Longest name of a model that is shown, in characters. */
const MAX_MODEL = 60;
/** Time to take leave of a phone, in milliseconds. */
const FAREWELL_MS = 1_000;

/** A connected phone that has allowed this computer. */
export interface PhoneLink {
  readonly serial: string;
  /** Model, as the phone says; null when it does not. */
  readonly model: string | null;
  /** Whether commands answer with an exit code, as since Android 7. */
  readonly hasExitCodes: boolean;
  /** Whether the phone is gone. */
  readonly isLost: () => boolean;
  /**
   * Opens a service of the phone, such as `exec:getprop` or `sync:`.
   * @throws Error when the phone or the adb server refuses
   */
  open(service: string): Promise<PhoneStream>;
  close(): Promise<void>;
}

/** One opened service. */
export interface PhoneStream {
  /** The next bytes; null at the end. */
  read(): Promise<Uint8Array | null>;
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the service, whatever it still has to say. */
  close(): Promise<void>;
}

/** A phone as the library sees it, through a server or directly, as a link. */
export function linkOf(adb: Adb, serial: string): PhoneLink {
  let lost = false;
  const leave = (): void => void (lost = true);
  adb.disconnected.then(leave, leave);
  const leaving = new Set<Promise<void>>();
  const model = oneLine(adb.banner.model ?? '').slice(0, MAX_MODEL);
  return {
    serial,
    model: model === '' ? null : model,
    hasExitCodes: adb.canUseFeature(AdbFeature.ShellV2),
    isLost: () => lost,
    async open(service) {
      const stream = streamOf(await adb.createSocket(service));
      return {
        ...stream,
        close() {
          const left = stream.close().finally(() => leaving.delete(left));
          leaving.add(left);
          return left;
        },
      };
    },
    async close() {
      // The farewells of services go over the same wire, which must not be cut before. A phone that is gone cannot be taken leave of.
      await atMost(Promise.allSettled(leaving));
      await atMost(adb.close().catch(() => undefined));
    },
  };
}

/** Waits for a farewell, and not for ever. */
async function atMost(farewell: Promise<unknown>): Promise<void> {
  await withinTime(FAREWELL_MS, new AbortController().signal, () => farewell).catch(() => undefined);
}

/** What a phone says may hold line breaks; in a message of ours it is one line. */
export function oneLine(said: string): string {
  return said.replaceAll(/\s+/g, ' ').trim();
}

function streamOf(socket: AdbSocket): PhoneStream {
  const reader = socket.readable.getReader();
  return {
    async read() {
      const { done, value } = await reader.read();
      return done ? null : value;
    },
    async write(bytes) {
      const writer = socket.writable.getWriter();
      try {
        await writer.write(bytes);
      } finally {
        writer.releaseLock();
      }
    },
    async close() {
      // What is still under way would hold up the other services of the phone if nobody took it.
      void reader.cancel().catch(() => undefined);
      await Promise.resolve(socket.close()).catch(() => undefined);
    },
  };
}
