import { OutOfTimeError, withinTime } from '@vedette/adb';
import { dataAt, dictionaryAt, itemsAt, numberAt, type PlistValue, readPlist, textAt } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { type BytePipe, connectPipe } from './byte-pipe.ts';
import type { ListedIphone } from './listed-iphones.ts';
import { TooLargeError } from './plist-frames.ts';
import { printUsbmuxAddress, type UsbmuxAddress } from './usbmux-address.ts';
import { type PlistPlain, plistDict, writePlist } from './write-plist.ts';

/** usbmuxd, the service that all connections to iPhones go through. Each question is a connection of its own. */
export interface Usbmux {
  /** @throws CliError when no usbmuxd answers or it does not do what was asked */
  list(): Promise<readonly ListedIphone[]>;
  /**
   * The keys of the pairing with this computer, as the property list that usbmuxd keeps.
   * @returns null when there is none
   */
  readPairRecord(udid: string): Promise<Uint8Array | null>;
  /**
   * Connects to a port of a phone.
   * @throws Error when the phone is gone or nobody listens there
   */
  connect(deviceId: number, port: number): Promise<BytePipe>;
}

/** Header of a message: length with it, version 1 (property lists), kind 8 (property list), number; little-endian. */
const HEADER_BYTES = 16;
const VERSION = 1;
const PLIST = 8;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Time for usbmuxd to answer, in milliseconds. */
const ANSWER_MS = 10_000;
const MAX_PHONES = 1_000;

export function createUsbmux(address: UsbmuxAddress, signal: AbortSignal, answerMs = ANSWER_MS): Usbmux {
  const opened = async <T>(work: (pipe: BytePipe) => Promise<T>): Promise<T> => {
    const open: { pipe: BytePipe | null; over: boolean } = { pipe: null, over: false };
    let done = false;
    try {
      const result = await withinTime(answerMs, signal, async () => {
        open.pipe = await connectPipe(address, signal);
        if (open.over) open.pipe.close();
        return await work(open.pipe);
      });
      done = true;
      return result;
    } catch (error) {
      if (signal.aborted) throw new CliError(EXIT.failed, 'stopped', { cause: error });
      throw new CliError(EXIT.failed, explain(error, printUsbmuxAddress(address)), { cause: error });
    } finally {
      open.over = true;
      if (!done) open.pipe?.close();
    }
  };
  const asked = async (request: Readonly<Record<string, PlistPlain>>): Promise<PlistValue> =>
    await opened(async (pipe) => {
      try {
        return await ask(pipe, request);
      } finally {
        pipe.close();
      }
    });
  return {
    async list() {
      const answer = await asked({ MessageType: 'ListDevices' });
      return itemsAt(answer, 'DeviceList').slice(0, MAX_PHONES).flatMap(listedPhone);
    },
    async readPairRecord(udid) {
      return dataAt(await asked({ MessageType: 'ReadPairRecord', PairRecordID: udid }), 'PairRecordData');
    },
    async connect(deviceId, port) {
      return await opened(async (pipe) => {
        // Ports are in network order, read as a little-endian number: 62078 (f27e) is 0x7ef2.
        const swapped = ((port & 0xff) << 8) | (port >> 8);
        const answer = await ask(pipe, { MessageType: 'Connect', DeviceID: deviceId, PortNumber: swapped });
        const result = numberAt(answer, 'Number');
        if (result !== 0) throw new Error(whyNotConnected(result));
        return pipe;
      });
    },
  };
}

async function ask(pipe: BytePipe, request: Readonly<Record<string, PlistPlain>>): Promise<PlistValue> {
  const list = writePlist(
    plistDict({ ...request, ProgName: 'vedette', ClientVersionString: 'vedette', kLibUSBMuxVersion: 3 }),
  );
  const bytes = new Uint8Array(HEADER_BYTES + list.length);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of [bytes.length, VERSION, PLIST, 1].entries()) view.setUint32(index * 4, word, true);
  bytes.set(list, HEADER_BYTES);
  await pipe.write(bytes);
  const header = new DataView((await pipe.read(HEADER_BYTES)).buffer);
  const length = header.getUint32(0, true) - HEADER_BYTES;
  if (length < 0 || header.getUint32(8, true) !== PLIST) throw new Error('what answers there is no usbmuxd');
  if (length > MAX_ANSWER_BYTES) throw new TooLargeError(`announced ${length} bytes`);
  const { value } = readPlist(await pipe.read(length));
  if (value?.kind !== 'dictionary') throw new Error('what answers there is no usbmuxd');
  return value;
}

function listedPhone(item: PlistValue): readonly ListedIphone[] {
  const properties = dictionaryAt(item, 'Properties');
  const deviceId = numberAt(item, 'DeviceID') ?? numberAt(properties, 'DeviceID');
  const udid = textAt(properties, 'SerialNumber');
  if (deviceId === null || udid === null) return [];
  return [{ deviceId, udid, connection: textAt(properties, 'ConnectionType') ?? 'USB' }];
}

/** Numbers of results (usbmuxd-proto.h). */
function whyNotConnected(result: number | null): string {
  if (result === 2) return 'the phone is gone';
  if (result === 3) return 'the phone refused the connection';
  return `the connection failed (${result ?? 'no result'})`;
}

function explain(error: unknown, address: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM')
    return `usbmuxd at ${address} may not be used by this user (${code}); ask who administers this computer`;
  if (/^E(?:NOENT|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/.test(code))
    return `no usbmuxd answers at ${address}; install it (Debian and Ubuntu: apt install usbmuxd libimobiledevice-utils) and start it with \`systemctl start usbmuxd\`; macOS has it, and Windows with Apple’s device app`;
  if (error instanceof OutOfTimeError) return `usbmuxd at ${address} gave ${error.message}; restart it and try again`;
  const reason = error instanceof Error ? error.message : String(error);
  return `usbmuxd at ${address} did not do what was asked: ${reason}`;
}
