import type { BytePipe } from './byte-pipe.ts';
import { TooLargeError } from './plist-frames.ts';

/** What is known of a file or folder of the phone. */
export interface AfcInfo {
  readonly isFolder: boolean;
  readonly isFile: boolean;
  readonly sizeBytes: number;
  /** Milliseconds since 1970; 0 where the phone does not say. */
  readonly modifiedMs: number;
}

/** Apple File Conduit, the reading half: files of one folder of the phone. One question at a time. */
export interface Afc {
  /** @throws AfcError when there is no such folder */
  list(folder: string): Promise<readonly string[]>;
  /** @throws AfcError when there is no such file */
  info(path: string): Promise<AfcInfo>;
  /**
   * The whole file.
   * @throws AfcError when it cannot be opened
   * @throws TooLargeError when it has more than `maxBytes`
   */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
}

/** The phone answered with a status: 8 no such file, 10 not permitted, … */
export class AfcError extends Error {
  override readonly name = 'AfcError';
  readonly status: number;

  constructor(status: number) {
    super(`refused (AFC status ${status})`);
    this.status = status;
  }
}

/** Header of a packet (afc.h of libimobiledevice): magic, whole length, length of this part, number, operation; little-endian. */
const HEADER_BYTES = 40;
const MAGIC = new TextEncoder().encode('CFA6LPAA');
const STATUS = 1n;
const DATA = 2n;
const READ_DIR = 3n;
const FILE_INFO = 10n;
const OPEN = 13n;
const OPENED = 14n;
const READ = 15n;
const CLOSE = 20n;
/** `AFC_FOPEN_RDONLY`: the only way in which anything is opened here. */
const READ_ONLY = 1n;
const READ_BYTES = 256 * 1024;
const MAX_PACKET_BYTES = 4 * 1024 * 1024;
const MAX_PATH_BYTES = 1024;

export function openAfc(pipe: BytePipe): Afc {
  let count = 0n;
  // Who broke the protocol once is asked no more: what comes next would be the rest of another answer.
  let isBroken = false;

  const ask = async (operation: bigint, payload: Uint8Array): Promise<{ operation: bigint; body: Uint8Array }> => {
    if (isBroken) throw new Error('broke the protocol');
    isBroken = true;
    const answer = await exchange(operation, payload);
    isBroken = false;
    const status = answer.operation === STATUS ? numberOf(answer.body) : 0n;
    if (status !== 0n) throw new AfcError(Number(status));
    return answer;
  };
  const exchange = async (operation: bigint, payload: Uint8Array): Promise<{ operation: bigint; body: Uint8Array }> => {
    count += 1n;
    await pipe.write(packet(count, operation, payload));
    const header = await pipe.read(HEADER_BYTES);
    const view = new DataView(header.buffer);
    if (MAGIC.some((byte, index) => header[index] !== byte)) throw new Error('is no file service');
    const length = view.getBigUint64(8, true) - BigInt(HEADER_BYTES);
    if (length < 0n || view.getBigUint64(24, true) !== count) throw new Error('answered another question');
    if (length > BigInt(MAX_PACKET_BYTES)) throw new TooLargeError(`announced a packet of ${length} bytes`);
    const body = await pipe.read(Number(length));
    return { operation: view.getBigUint64(32, true), body };
  };
  const askFor = async (wanted: bigint, operation: bigint, payload: Uint8Array): Promise<Uint8Array> => {
    const answer = await ask(operation, payload);
    if (answer.operation !== wanted) throw new Error('answered something else');
    return answer.body;
  };

  return {
    async list(folder) {
      const names = textsOf(await askFor(DATA, READ_DIR, pathBytes(folder)));
      return names.filter((name) => name !== '.' && name !== '..' && name !== '' && !name.includes('/'));
    },
    async info(path) {
      const texts = textsOf(await askFor(DATA, FILE_INFO, pathBytes(path)));
      const pairs = new Map<string, string>();
      for (let at = 0; at + 1 < texts.length; at += 2) pairs.set(texts[at] ?? '', texts[at + 1] ?? '');
      const format = pairs.get('st_ifmt');
      return {
        isFolder: format === 'S_IFDIR',
        isFile: format === 'S_IFREG',
        sizeBytes: wholeNumber(pairs.get('st_size')),
        modifiedMs: wholeNumber(pairs.get('st_mtime')) / 1_000_000,
      };
    },
    async read(path, maxBytes) {
      const handle = numberOf(await askFor(OPENED, OPEN, joined(numberBytes(READ_ONLY), pathBytes(path))));
      const pieces: Uint8Array[] = [];
      let size = 0;
      try {
        for (;;) {
          const piece = await askFor(DATA, READ, joined(numberBytes(handle), numberBytes(BigInt(READ_BYTES))));
          if (piece.length === 0) break;
          size += piece.length;
          if (size > maxBytes) throw new TooLargeError(`has more than ${maxBytes} bytes`);
          pieces.push(piece);
        }
      } finally {
        // A phone that is gone, or broke the protocol, is not told.
        await ask(CLOSE, numberBytes(handle)).catch(() => undefined);
      }
      return joined(...pieces);
    },
  };
}

function packet(count: bigint, operation: bigint, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [BigInt(bytes.length), BigInt(bytes.length), count, operation].entries())
    view.setBigUint64(8 + index * 8, value, true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

function pathBytes(path: string): Uint8Array {
  const bytes = new TextEncoder().encode(`${path}\0`);
  if (bytes.length > MAX_PATH_BYTES) throw new RangeError('the path is too long');
  return bytes;
}

/** Texts, each with a zero behind it. */
function textsOf(body: Uint8Array): readonly string[] {
  const texts = new TextDecoder().decode(body).split('\0');
  return texts.slice(0, -1);
}

/** Sizes and times as decimal text; 0 for what is none. */
function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) : 0;
}

function numberBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

function numberOf(body: Uint8Array): bigint {
  if (body.length < 8) throw new Error('answered too little');
  return new DataView(body.buffer, body.byteOffset).getBigUint64(0, true);
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
