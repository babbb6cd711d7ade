import type { OpenService, ServiceStream } from './device-service.ts';

/** Most bytes of a file in one piece (SYNC_DATA_MAX). */
const SYNC_DATA_BYTES = 64 * 1024;
/** Longest path a request may hold. */
const MAX_PATH_BYTES = 1024;
const FILE_MODE = 0o100644;
const FOLDER_MODE = 0o040755;

/**
 * The file service (SYNC.TXT of Android's adb), first version: STAT, LIST, RECV and QUIT. The phone is read-only: SEND fails, and so does what is not known.
 * @param seconds modification time of every file, in seconds since 1970
 */
export function syncService(files: ReadonlyMap<string, Uint8Array>, seconds: number): OpenService {
  return (stream) => {
    let waiting = Buffer.alloc(0);
    return {
      receive(bytes) {
        waiting = Buffer.concat([waiting, bytes]);
        while (waiting.length >= 8) {
          const length = waiting.readUInt32LE(4);
          if (length > MAX_PATH_BYTES) {
            fail(stream, 'path too long');
            stream.end();
            waiting = Buffer.alloc(0);
            return;
          }
          if (waiting.length < 8 + length) return;
          const id = waiting.toString('latin1', 0, 4);
          const path = waiting.toString('utf8', 8, 8 + length).replace(/(.)\/+$/, '$1');
          waiting = waiting.subarray(8 + length);
          answer(stream, { files, seconds }, id, path);
        }
      },
    };
  };
}

interface Storage {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly seconds: number;
}

function answer(stream: ServiceStream, storage: Storage, id: string, path: string): void {
  switch (id) {
    case 'STAT':
      return stream.send(concat('STAT', ...stat(storage, path)));
    case 'LIST':
      for (const name of namesIn(storage, path)) {
        const encoded = Buffer.from(name);
        stream.send(concat('DENT', ...stat(storage, `${path === '/' ? '' : path}/${name}`), encoded.length, encoded));
      }
      return stream.send(concat('DONE', 0, 0, 0, 0));
    case 'RECV': {
      const bytes = storage.files.get(path);
      if (bytes === undefined) return fail(stream, 'open failed: No such file or directory');
      for (let at = 0; at < bytes.length; at += SYNC_DATA_BYTES) {
        const piece = bytes.subarray(at, at + SYNC_DATA_BYTES);
        stream.send(concat('DATA', piece.length, piece));
      }
      return stream.send(concat('DONE', 0));
    }
    case 'QUIT':
      return stream.end();
    default:
      fail(stream, id === 'SEND' ? 'Read-only file system' : `unknown request ${id}`);
      return stream.end();
  }
}

function fail(stream: ServiceStream, reason: string): void {
  const text = Buffer.from(reason);
  stream.send(concat('FAIL', text.length, text));
}

/** Mode, size and time; zeros where there is nothing. */
function stat({ files, seconds }: Storage, path: string): [number, number, number] {
  const bytes = files.get(path);
  if (bytes !== undefined) return [FILE_MODE, bytes.length, seconds];
  const folder = path === '/' ? '/' : `${path}/`;
  return [...files.keys()].some((name) => name.startsWith(folder)) ? [FOLDER_MODE, 4096, seconds] : [0, 0, 0];
}

function namesIn({ files }: Storage, path: string): ReadonlySet<string> {
  const folder = path === '/' ? '/' : `${path}/`;
  const below = [...files.keys()].filter((name) => name.startsWith(folder));
  return new Set(below.map((name) => name.slice(folder.length).split('/')[0] ?? ''));
}

function concat(id: string, ...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const word = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  return Buffer.concat([
    Buffer.from(id, 'latin1'),
    ...parts.map((part) => (typeof part === 'number' ? word(part) : part)),
  ]);
}
