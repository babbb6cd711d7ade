import { createDiagnostics, latin1Text, utf8Text } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';

/** A file in an archive: where its bytes are. */
export interface TarEntry {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /** Seconds since 1970; null where the field makes no sense. */
  readonly modified: number | null;
}

const BLOCK = 512;
const MAX_ENTRIES = 1_000_000;
const MAX_NAME = 4_096;

/**
 * Lists the files of a tar archive: POSIX.1-1988 (ustar), POSIX.1-2001 (pax, of which `path` and `size` are read) and GNU long names. Links, folders and devices are left out. Total: a header whose sum is wrong ends the list with a
 * diagnostic, since nothing says where the next would be.
 * @returns null when the bytes do not begin like an archive
 */
export function readTar(bytes: Uint8Array): Parsed<readonly TarEntry[] | null> {
  const diagnostics = createDiagnostics();
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  let longSize: number | null = null;
  let at = 0;
  for (; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (!sumHolds(header)) {
      if (at === 0)
        return {
          value: null,
          diagnostics: [{ id: 'tar.none', level: 'error', message: 'The bytes are no tar archive.' }],
        };
      diagnostics.warning('tar.header', 'a header is damaged; what comes after it is not read', { offset: at });
      break;
    }
    const size = longSize ?? numberIn(header, 124, 12);
    const type = String.fromCharCode(header[156] ?? 0);
    const offset = at + BLOCK;
    if (size === null || size < 0 || offset + size > bytes.length) {
      diagnostics.warning('tar.cut', 'the archive ends in the middle of a file', { offset: at });
      break;
    }
    const content = bytes.subarray(offset, offset + Math.min(size, 64 * 1024));
    if (type === 'L') longName = textIn(content, 0, content.length);
    else if (type === 'x') ({ path: longName, size: longSize } = paxOf(content, longName));
    else {
      if ((type === '0' || type === '\0' || type === '7') && entries.length < MAX_ENTRIES)
        entries.push({
          name: (longName ?? nameOf(header)).slice(0, MAX_NAME),
          offset,
          size,
          modified: numberIn(header, 136, 12),
        });
      longName = null;
      longSize = null;
    }
    at = offset + Math.ceil((type === 'x' || type === 'L' ? (numberIn(header, 124, 12) ?? 0) : size) / BLOCK) * BLOCK;
  }
  return { value: entries, diagnostics: diagnostics.list() };
}

function sumHolds(header: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return numberIn(header, 148, 8) === sum;
}

/** Octal digits, or a number in base 256 where the first bit is set (GNU). */
function numberIn(header: Uint8Array, at: number, length: number): number | null {
  if (((header[at] ?? 0) & 0x80) !== 0) {
    let value = (header[at] ?? 0) & 0x7f;
    for (let index = 1; index < length; index++) value = value * 256 + (header[at + index] ?? 0);
    return Number.isSafeInteger(value) ? value : null;
  }
  const text = latin1Text(header, at, at + length)
    .replaceAll('\0', ' ')
    .trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : text === '' ? 0 : null;
}

function nameOf(header: Uint8Array): string {
  const name = textIn(header, 0, 100);
  const prefix = latin1Text(header, 257, 262) === 'ustar' ? textIn(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(bytes: Uint8Array, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return utf8Text(bytes.subarray(at, end < 0 || end > at + length ? at + length : end));
}

/** `27 path=a/long/name\n`: length, key and value. */
function paxOf(
  content: Uint8Array,
  before: string | null,
): { readonly path: string | null; readonly size: number | null } {
  const text = utf8Text(content);
  const size = /^\d+ size=(\d{1,15})$/m.exec(text)?.[1];
  return { path: /^\d+ path=(.+)$/m.exec(text)?.[1] ?? before, size: size === undefined ? null : Number(size) };
}
