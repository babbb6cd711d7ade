import type { Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readTar, type TarEntry } from '@vedette/formats';
import type { EvidenceTree } from './evidence-tree.ts';

/** Most bytes that an archive may unpack to: those of phones have some hundred megabytes. */
const MAX_UNPACKED = 1_600 * 1024 * 1024;

/** Whether the bytes begin like gzip (RFC 1952), or like a tar archive. */
export function isTarball(bytes: Uint8Array): boolean {
  return (
    (bytes[0] === 0x1f && bytes[1] === 0x8b) ||
    (bytes.length > 262 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar')
  );
}

/** The files of a tar archive, packed with gzip or not, as a tree. Null when the bytes are none. Names that lead out of the archive are left out; of files with the same name the last counts, as when it is unpacked. */
export function treeFromTarball(bytes: Uint8Array, host: Host): Parsed<EvidenceTree | null> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, host) : bytes;
  const { value, diagnostics } = plain === null ? { value: null, diagnostics: [] } : readTar(plain);
  if (value === null || plain === null) return { value: null, diagnostics };
  const entries = new Map<string, TarEntry>();
  for (const entry of value) {
    const parts = entry.name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length > 0 && !parts.includes('..')) entries.set(parts.join('/'), entry);
  }
  const paths = [...entries.keys()].sort();
  return {
    value: {
      kind: 'zip',
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

/** The first member of a gzip file (RFC 1952, section 2.3); null when its header makes no sense. What of it is damaged is left out. */
function gunzip(bytes: Uint8Array, host: Host): Uint8Array | null {
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
  // The end has the size, which damage and sizes above 4 GiB make wrong: it is a hint for memory, no more.
  return host.inflateRaw(bytes.subarray(at), MAX_UNPACKED).output;
}
