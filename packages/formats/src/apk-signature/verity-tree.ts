import type { Host } from '@vedette/bytes';

/** Page of fs-verity and of the trees in v3 and v4 signatures, in bytes. */
export const VERITY_PAGE = 4096;
const HASH_SIZE = 32;

export interface VerityTree {
  readonly rootHash: Uint8Array;
  /** The levels, top first, each filled up to whole pages with zeros; empty for no data. */
  readonly tree: Uint8Array;
}

/**
 * The hash tree of fs-verity with SHA-256 (kernel documentation, "fs-verity: Merkle tree") over `sections` one behind the
 * other: each page of 4,096 bytes, the last filled up with zeros, is hashed behind `salt`; so are the pages of hashes,
 * until one page is left, whose hash is the root. Costs time linear in the data and memory for a 128th of it.
 */
export function verityTree(sections: readonly Uint8Array[], salt: Uint8Array, host: Host): VerityTree {
  const levels = [hashPages(sections, salt, host)];
  for (let level = levels[0]; level !== undefined && level.length > VERITY_PAGE; level = levels[0])
    levels.unshift(hashPages([level], salt, host));
  const tree = new Uint8Array(levels.reduce((sum, level) => sum + level.length, 0));
  let at = 0;
  for (const level of levels) {
    tree.set(level, at);
    at += level.length;
  }
  return { rootHash: hashPages([tree.subarray(0, VERITY_PAGE)], salt, host).slice(0, HASH_SIZE), tree };
}

/** The hashes of all pages of `sections`, filled up to whole pages. */
function hashPages(sections: readonly Uint8Array[], salt: Uint8Array, host: Host): Uint8Array {
  const size = sections.reduce((sum, section) => sum + section.length, 0);
  const pages = Math.ceil(size / VERITY_PAGE);
  const hashes = new Uint8Array(Math.ceil((pages * HASH_SIZE) / VERITY_PAGE) * VERITY_PAGE);
  const buffer = new Uint8Array(salt.length + VERITY_PAGE);
  buffer.set(salt);
  let filled = 0;
  let page = 0;
  const flush = (): void => {
    buffer.fill(0, salt.length + filled);
    hashes.set(host.sha256(buffer), page * HASH_SIZE);
    page += 1;
    filled = 0;
  };
  for (const section of sections) {
    for (let at = 0; at < section.length; ) {
      const part = section.subarray(at, at + VERITY_PAGE - filled);
      buffer.set(part, salt.length + filled);
      filled += part.length;
      at += part.length;
      if (filled === VERITY_PAGE) flush();
    }
  }
  if (filled > 0) flush();
  return hashes;
}
