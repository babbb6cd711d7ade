import type { Host } from '@vedette/bytes';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import { readTar, type TarEntry } from '@vedette/formats';
import type { EvidenceTree } from './evidence-tree.ts';
import { safePath } from './safe-path.ts';

/** Most bytes that an archive may unpack to: those of phones have some hundred megabytes. */
const MAX_UNPACKED = 1_600 * 1024 * 1024;

const INCOMPLETE: Diagnostic = {
  id: 'tar.packed-incomplete',
  level: 'warning',
  message: 'The packed archive is cut off or damaged, or unpacks to more than 1.6 GB; what comes after was not read.',
};

/** Whether the bytes begin like gzip (RFC 1952), or like a tar archive. */
export function isTarball(bytes: Uint8Array): boolean {
  return (
    (bytes[0] === 0x1f && bytes[1] === 0x8b) ||
    (bytes.length > 262 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar')
  );
}

/** The files of a tar archive, packed with gzip or not, as a tree. Null when the bytes are none. Names that lead out of the archive are left out; of files with the same name the last counts, as when it is unpacked. */
export function treeFromTarball(bytes: Uint8Array, host: Host): Parsed<EvidenceTree | null> {
  const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, host) : { output: bytes, complete: true };
  if (unpacked === null) return { value: null, diagnostics: [] };
  const { output: plain, complete } = unpacked;
  const { value, diagnostics: ofTar } = readTar(plain);
  const diagnostics = complete ? ofTar : [INCOMPLETE, ...ofTar];
  if (value === null) return { value: null, diagnostics };
  const entries = new Map<string, TarEntry>();
  for (const entry of value) {
    const path = safePath(entry.name);
    if (path !== null) entries.set(path, entry);
  }
  const paths = [...entries.keys()].sort();
  return {
    value: {
      kind: 'tar',
      list: () => paths,
      size: (path) => entries.get(path)?.size ?? null,
      read(path, maxBytes) {
        const entry = entries.get(path);
        if (entry === undefined) return null;
        return plain.subarray(entry.offset, entry.offset + Math.min(entry.size, maxBytes ?? entry.size));
      },
    },
    diagnostics,
  };
}

/** The first member of a gzip file (RFC 1952, section 2.3), as far as it goes; null when its header makes no sense. */
export function gunzip(
  bytes: Uint8Array,
  host: Pick<Host, 'inflateRaw'>,
  maxOutput = MAX_UNPACKED,
): ReturnType<Host['inflateRaw']> | null {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[10] ?? 0) + (bytes[11] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  if (bytes[2] !== 8 || at >= bytes.length) return null;
  return host.inflateRaw(bytes.subarray(at), maxOutput);
}
