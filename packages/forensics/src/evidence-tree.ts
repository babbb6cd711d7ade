/**
 * A read-only tree of evidence files. The parsers see nothing else of the outside world: a folder, an archive and a map of
 * bytes all look the same to them.
 */
export interface EvidenceTree {
  /** What the tree is made of; for messages only. */
  readonly kind: 'directory' | 'zip' | 'tar' | 'memory';
  /** Paths of all files, `/`-separated, relative, without `..`; sorted. */
  list(): readonly string[];
  /** Size in bytes; null when there is no such file. */
  size(path: string): number | null;
  /**
   * The first `maxBytes` bytes of a file (default: the tree's own limit).
   * Null when there is no such file or it cannot be read; never throws.
   */
  read(path: string, maxBytes?: number): Uint8Array | null;
}

/** A tree over bytes in memory: fixtures, uploads, one text file given alone. */
export function treeFromFiles(files: ReadonlyMap<string, Uint8Array>): EvidenceTree {
  const paths = [...files.keys()].sort();
  return {
    kind: 'memory',
    list: () => paths,
    size: (path) => files.get(path)?.length ?? null,
    read: (path, maxBytes) => {
      const bytes = files.get(path);
      if (bytes === undefined) return null;
      return maxBytes !== undefined && bytes.length > maxBytes ? bytes.subarray(0, maxBytes) : bytes;
    },
  };
}

/** The last part of a path: `a/b/getprop.txt` → `getprop.txt`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The tree without some of its files. */
export function treeWithout(tree: EvidenceTree, without: (path: string) => boolean): EvidenceTree {
  const paths = tree.list().filter((path) => !without(path));
  return {
    kind: tree.kind,
    list: () => paths,
    size: (path) => (without(path) ? null : tree.size(path)),
    read: (path, maxBytes) => (without(path) ? null : tree.read(path, maxBytes)),
  };
}

/** The tree under a prefix: what is in an archive, named by the archive's path and `!/`. */
export function mountedTree(tree: EvidenceTree, prefix: string): EvidenceTree {
  const paths = tree.list().map((path) => prefix + path);
  const inner = (path: string): string | null => (path.startsWith(prefix) ? path.slice(prefix.length) : null);
  return {
    kind: tree.kind,
    list: () => paths,
    size(path) {
      const own = inner(path);
      return own === null ? null : tree.size(own);
    },
    read(path, maxBytes) {
      const own = inner(path);
      return own === null ? null : tree.read(own, maxBytes);
    },
  };
}
