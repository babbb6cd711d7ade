import { type Budget, createDiagnostics, type Diagnostics, hex, latin1Text, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { DexFile } from './dex-file.ts';
import { HEADER_SIZE, isDex } from './dex-header.ts';
import { readDex } from './read-dex.ts';

/**
 * What holds DEX code: `dex` itself (from version 041 with several headers), `odex` (Dalvik's `dey\n`), `compact`
 * (`cdex`), `vdex` and `oat` (what the platform makes of an app when it installs it; no app needs to bring one).
 */
export type DexContainerKind = 'dex' | 'odex' | 'compact' | 'vdex' | 'oat';

/** What kind of container the bytes begin as; null for none. An OAT file is an ELF with `oat\n` in its read-only data. */
export function dexContainerKind(bytes: Uint8Array): DexContainerKind | null {
  const magic = latin1Text(bytes, 0, Math.min(4, bytes.length));
  if (isDex(bytes)) return 'dex';
  if (magic === 'dey\n') return 'odex';
  if (magic === 'cdex') return 'compact';
  if (magic === 'vdex') return 'vdex';
  const isElf = magic === '\x7fELF';
  return magic === 'oat\n' || (isElf && latin1Text(bytes, 0x1000, Math.min(0x1004, bytes.length)) === 'oat\n')
    ? 'oat'
    : null;
}

/** More DEX than the platform opens of one file (100 and some are the most seen). */
const MAX_DEX = 512;
const CONTAINER_VERSION = '041';

/**
 * Reads every DEX of a file: each header of a version 041 container, the DEX inside of an `odex`, those that lie
 * uncompressed in a `vdex` or `oat`. Empty when there is none; what was recognised but not read is in the diagnostics.
 */
export function readDexContainer(bytes: Uint8Array, budget: Budget): Parsed<readonly DexFile[]> {
  const diagnostics = createDiagnostics();
  const kind = dexContainerKind(bytes);
  const files: DexFile[] = [];
  const read = (part: Uint8Array, offset: number, where?: string): DexFile | null => {
    const { value, diagnostics: noticed } = readDex(part, budget, offset);
    diagnostics.addAll(noticed, where);
    if (value !== null) files.push(value);
    return value;
  };

  if (kind === null) {
    diagnostics.error('dex.magic', 'no DEX: the magic is missing', { offset: 0 });
  } else if (kind === 'dex') {
    readHeaders(bytes, read, diagnostics);
  } else if (kind === 'compact') {
    const message = 'a compact DEX, which only the platform writes, for itself; it is not read';
    diagnostics.error('dex.container.compact', message, { offset: 0 });
  } else {
    const message = `an ${kind} file, which the platform makes when it installs an app; the DEX in it are read`;
    diagnostics.warning(`dex.container.${kind}`, message, { offset: 0 });
    const inner = kind === 'odex' ? odexPart(bytes) : findEmbeddedDex(bytes);
    if (inner.length === 0) {
      diagnostics.error('dex.container.empty', 'no DEX lies uncompressed in this file', { offset: 0 });
    }
    for (const { offset, size } of inner) read(bytes.subarray(offset, offset + size), 0, `dex at ${hex(offset)}`);
  }
  return { value: files, diagnostics: diagnostics.list() };
}

/** Headers of a container stand one behind the other, each `file_size` bytes after the one before. */
function readHeaders(
  bytes: Uint8Array,
  read: (bytes: Uint8Array, offset: number, where?: string) => DexFile | null,
  diagnostics: Diagnostics,
): void {
  const first = read(bytes, 0);
  if (first === null || first.header.version !== CONTAINER_VERSION) return;
  const announced = u32At(bytes, 0x70);
  if (announced !== bytes.length) {
    const message = `the container says it has ${announced} bytes, the file has ${bytes.length}`;
    diagnostics.warning('dex.container.size', message, { offset: 0x70 });
  }
  let offset = first.header.fileSize;
  for (let count = 1; count < MAX_DEX && offset >= HEADER_SIZE && offset + HEADER_SIZE <= bytes.length; count++) {
    if (!isDex(bytes, offset)) {
      diagnostics.warning('dex.container.gap', 'behind a DEX of the container stands no other', { offset });
      return;
    }
    const next = read(bytes, offset, `dex at ${hex(offset)}`);
    if (next === null) return;
    const said = u32At(bytes, offset + 0x74);
    if (next.header.version !== CONTAINER_VERSION || said !== offset) {
      const message = `version ${next.header.version}, said to be at ${hex(said)} of the container`;
      diagnostics.warning('dex.container.header', message, { offset });
    }
    if (next.header.fileSize < HEADER_SIZE) return;
    offset += next.header.fileSize;
  }
}

interface Part {
  readonly offset: number;
  readonly size: number;
}

/** `dey\n036\0`, then where the DEX stands and how long it is. */
function odexPart(bytes: Uint8Array): readonly Part[] {
  const offset = u32At(bytes, 8);
  const size = u32At(bytes, 12);
  return isDex(bytes, offset) ? [{ offset, size: Math.min(size, bytes.length - offset) }] : [];
}

/**
 * Places where a whole DEX lies in other bytes: magic, endian tag and a size that fits. They do not overlap: the search
 * goes on behind each one.
 */
export function findEmbeddedDex(bytes: Uint8Array, limit = MAX_DEX): readonly Part[] {
  const found: Part[] = [];
  // `dex\n` begins with a letter that is rare enough in other data for a plain search.
  for (let at = bytes.indexOf(0x64); at >= 0 && found.length < limit; at = bytes.indexOf(0x64, at + 1)) {
    if (bytes[at + 1] !== 0x65 || bytes[at + 2] !== 0x78 || bytes[at + 3] !== 0x0a || !isDex(bytes, at)) continue;
    const size = u32At(bytes, at + 32);
    if (size < HEADER_SIZE || at + size > bytes.length || u32At(bytes, at + 40) !== 0x12345678) continue;
    found.push({ offset: at, size });
    at += size - 1;
  }
  return found;
}
