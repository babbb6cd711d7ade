/** The pages of a database file with its write-ahead log applied in memory: nothing is written anywhere. */
export interface Pages {
  readonly pageSize: number;
  /** Bytes of a page that b-trees may use. */
  readonly usable: number;
  readonly count: number;
  /** The bytes of a page, numbered from 1; null where there is none. */
  page(number: number): Uint8Array | null;
  /** Frames of the log that were taken over, and those that were not (damaged, or never committed). */
  readonly framesApplied: number;
  readonly framesLeft: number;
}

const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** Null when the header is that of no database. Sizes are those of the file format, section 1.3. */
export function openPages(bytes: Uint8Array, wal: Uint8Array | null): Pages | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 100) return null;
  const stated = view.getUint16(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  const reserved = bytes[20] ?? 0;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || pageSize - reserved < 480) return null;
  const log = wal === null ? NO_LOG : readLog(wal, pageSize);
  const inFile = Math.ceil(bytes.length / pageSize);
  return {
    pageSize,
    usable: pageSize - reserved,
    count: Math.max(inFile, ...log.pages.keys()),
    page(number) {
      const logged = log.pages.get(number);
      if (logged !== undefined && wal !== null) return wal.subarray(logged, logged + pageSize);
      if (number < 1 || number > inFile) return null;
      const start = (number - 1) * pageSize;
      return bytes.subarray(start, Math.min(bytes.length, start + pageSize));
    },
    framesApplied: log.applied,
    framesLeft: log.left,
  };
}

interface Log {
  /** Where the newest committed version of a page is in the log. */
  readonly pages: ReadonlyMap<number, number>;
  readonly applied: number;
  readonly left: number;
}

const NO_LOG: Log = { pages: new Map(), applied: 0, left: 0 };

/** File format, section 4: frames count as long as salts and checksums hold, up to the last that ends a transaction. */
function readLog(wal: Uint8Array, pageSize: number): Log {
  if (wal.length < WAL_HEADER) return NO_LOG;
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  const magic = view.getUint32(0);
  if ((magic !== 0x377f0682 && magic !== 0x377f0683) || view.getUint32(8) !== pageSize) return NO_LOG;
  const isLittle = magic === 0x377f0682;
  const salts = [view.getUint32(16), view.getUint32(20)];
  let sums = checksum(view, 0, 24, isLittle, [0, 0]);
  if (sums[0] !== view.getUint32(24) || sums[1] !== view.getUint32(28)) return NO_LOG;
  const total = Math.floor((wal.length - WAL_HEADER) / (FRAME_HEADER + pageSize));
  const committed = new Map<number, number>();
  let open = new Map<number, number>();
  let applied = 0;
  for (let frame = 0; frame < total; frame++) {
    const at = WAL_HEADER + frame * (FRAME_HEADER + pageSize);
    if (view.getUint32(at + 8) !== salts[0] || view.getUint32(at + 12) !== salts[1]) break;
    sums = checksum(view, at, 8, isLittle, sums);
    sums = checksum(view, at + FRAME_HEADER, pageSize, isLittle, sums);
    if (sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) break;
    open.set(view.getUint32(at), at + FRAME_HEADER);
    if (view.getUint32(at + 4) === 0) continue;
    for (const [page, place] of open) committed.set(page, place);
    open = new Map();
    applied = frame + 1;
  }
  return { pages: committed, applied, left: total - applied };
}

function checksum(
  view: DataView,
  from: number,
  length: number,
  isLittle: boolean,
  [one, two]: readonly [number, number],
): [number, number] {
  let [first, second] = [one, two];
  for (let at = from; at + 8 <= from + length; at += 8) {
    first = (first + view.getUint32(at, isLittle) + second) >>> 0;
    second = (second + view.getUint32(at + 4, isLittle) + first) >>> 0;
  }
  return [first, second];
}
