import type { Duplex } from 'node:stream';
import type { CrashFile } from './ios-phone.ts';
import { readFrames } from './read-frames.ts';

/** Apple File Conduit, as libimobiledevice's afc.h has it: magic, whole length, length of this part, number, operation; all little-endian. */
const HEADER_BYTES = 40;
const MAGIC = 'CFA6LPAA';
const STATUS = 1n;
const DATA = 2n;
const READ_DIR = 3n;
const FILE_INFO = 10n;
const DEVICE_INFO = 11n;
const OPEN = 13n;
const OPENED = 14n;
const READ = 15n;
const CLOSE = 20n;
/** Statuses: success, is a folder, no such file, not permitted, unknown operation. */
const SUCCESS = 0n;
const NOT_FOUND = 8n;
const IS_FOLDER = 9n;
const NOT_PERMITTED = 10n;
const NOT_SUPPORTED = 15n;
/** The only way in which a file may be opened. */
const READ_ONLY = 1n;
/** What phones hand out at once. */
const MOST_READ = 1024 * 1024;

/** The folder of crash reports, to be looked at and not to be changed. */
export function serveAfc(
  stream: Duplex,
  files: ReadonlyMap<string, CrashFile>,
  onRequest: (request: string) => boolean,
): void {
  const opened = new Map<bigint, { readonly bytes: Uint8Array; at: number }>();
  let lastHandle = 0n;

  readFrames(
    stream,
    HEADER_BYTES,
    (header) => Number(header.getBigUint64(8, true)),
    (frame) => {
      const view = new DataView(frame.buffer);
      const body = frame.subarray(HEADER_BYTES);
      const say = (operation: bigint, payload: Uint8Array): void =>
        void stream.write(packet(view.getBigUint64(24, true), operation, payload));
      const status = (code: bigint): void => say(STATUS, number(code));
      const operation = view.getBigUint64(32, true);
      const path = cleanPath(textOf(body));
      if (operation === READ_DIR) {
        if (!onRequest(`afc read-dir ${path}`)) return;
        const names = namesIn(files, path);
        if (names === null) status(NOT_FOUND);
        else say(DATA, lines(['.', '..', ...names]));
      } else if (operation === FILE_INFO) {
        if (!onRequest(`afc info ${path}`)) return;
        const info = infoOf(files, path);
        if (info === null) status(NOT_FOUND);
        else say(DATA, lines(info));
      } else if (operation === DEVICE_INFO) {
        say(
          DATA,
          lines(['Model', 'iPhone11,8', 'FSTotalBytes', '64000000000', 'FSFreeBytes', '1', 'FSBlockSize', '4096']),
        );
      } else if (operation === OPEN) {
        const name = cleanPath(textOf(body.subarray(8)));
        if (!onRequest(`afc open ${name}`)) return;
        const file = files.get(name);
        if (view.getBigUint64(HEADER_BYTES, true) !== READ_ONLY) status(NOT_PERMITTED);
        else if (file === undefined) status(namesIn(files, name) === null ? NOT_FOUND : IS_FOLDER);
        else {
          lastHandle += 1n;
          opened.set(lastHandle, { bytes: file.bytes, at: 0 });
          say(OPENED, number(lastHandle));
        }
      } else if (operation === READ) {
        const file = opened.get(view.getBigUint64(HEADER_BYTES, true));
        if (file === undefined) return status(NOT_FOUND);
        const length = Math.min(Number(view.getBigUint64(HEADER_BYTES + 8, true)), MOST_READ);
        const piece = file.bytes.subarray(file.at, file.at + length);
        file.at += piece.length;
        say(DATA, piece);
      } else if (operation === CLOSE) {
        status(opened.delete(view.getBigUint64(HEADER_BYTES, true)) ? SUCCESS : NOT_FOUND);
      } else {
        onRequest(`afc operation ${operation}`);
        status(operation === 8n ? NOT_PERMITTED : NOT_SUPPORTED);
      }
    },
  );
}

/** One packet of the phone; both lengths are the same, since it is sent as one part. */
export function packet(count: bigint, operation: bigint, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [BigInt(bytes.length), BigInt(bytes.length), count, operation].entries())
    view.setBigUint64(8 + index * 8, value, true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

function number(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

/** Texts, each with a zero behind it. */
function lines(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(texts.map((text) => `${text}\0`).join(''));
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** `./a//b` is `a/b`, and `.` the folder itself. */
function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

function namesIn(files: ReadonlyMap<string, CrashFile>, folder: string): readonly string[] | null {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = [...files.keys()].filter((path) => path.startsWith(prefix));
  if (inside.length === 0 && folder !== '') return null;
  return [...new Set(inside.map((path) => path.slice(prefix.length).split('/', 1)[0] ?? ''))];
}

/** As `stat` has it; times in nanoseconds since 1970. */
function infoOf(files: ReadonlyMap<string, CrashFile>, path: string): readonly string[] | null {
  const file = files.get(path);
  if (file === undefined && namesIn(files, path) === null) return null;
  const nanoseconds = BigInt(file?.modified.getTime() ?? 0) * 1_000_000n;
  const [size, format] = file === undefined ? [64, 'S_IFDIR'] : [file.bytes.length, 'S_IFREG'];
  const pairs = {
    st_size: size,
    st_blocks: 8,
    st_nlink: 1,
    st_ifmt: format,
    st_mtime: nanoseconds,
    st_birthtime: nanoseconds,
  };
  return Object.entries(pairs).flatMap(([key, value]) => [key, String(value)]);
}
