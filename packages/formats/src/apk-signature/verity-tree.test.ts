import { createHash } from 'node:crypto';
import { toHex } from '@vedette/bytes';
import { createNodeHost } from '@vedette/bytes/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verityTree } from './verity-tree.ts';

const host = createNodeHost();
const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** The tree as the kernel's documentation describes it, level by level, without any thought of cost. */
function plainRoot(data: Uint8Array, salt: Uint8Array): Uint8Array {
  const pages = Array.from({ length: Math.ceil(data.length / 4096) }, (_, index) => {
    const page = new Uint8Array(4096);
    page.set(data.subarray(index * 4096, index * 4096 + 4096));
    return page;
  });
  const hashes = pages.map((page) => sha256(salt, page));
  const level = new Uint8Array(hashes.length * 32);
  for (const [index, hash] of hashes.entries()) level.set(hash, index * 32);
  if (level.length > 4096) return plainRoot(level, salt);
  const last = new Uint8Array(4096);
  last.set(level);
  return sha256(salt, last);
}

describe('verityTree', () => {
  it('is the tree of fs-verity for one, two and three levels, however the data is cut into sections', () => {
    for (const size of [1, 4_095, 4_096, 4_097, 128 * 4_096, 128 * 4_096 + 1, 700_001]) {
      const data = new Uint8Array(size).map((_, index) => index % 251);
      const salt = Uint8Array.of(1, 2, 3);
      expect(toHex(verityTree([data], salt, host).rootHash), String(size)).toBe(toHex(plainRoot(data, salt)));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), fc.nat(20_000), (data, at) => {
        const cut = verityTree([data.subarray(0, at), data.subarray(at)], new Uint8Array(8), host);
        expect(toHex(cut.rootHash)).toBe(toHex(verityTree([data], new Uint8Array(8), host).rootHash));
      }),
      { numRuns: 30 },
    );
  });

  it('puts the top level first, each level in whole pages', () => {
    const { tree } = verityTree([new Uint8Array(129 * 4_096)], new Uint8Array(0), host);
    expect(tree.length).toBe(3 * 4_096);
    expect(toHex(tree.subarray(0, 32))).toBe(toHex(sha256(tree.subarray(4_096, 8_192))));
  });
});
