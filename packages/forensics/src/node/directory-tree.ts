import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { EvidenceTree } from '../evidence-tree.ts';

export interface DirectoryLimits {
  readonly maxFiles: number;
  readonly maxDepth: number;
  /** Largest part of one file that is read, in bytes. */
  readonly maxFileBytes: number;
}

export const DEFAULT_DIRECTORY_LIMITS: DirectoryLimits = {
  maxFiles: 50_000,
  maxDepth: 12,
  maxFileBytes: 768 * 1024 * 1024,
};

/**
 * A folder as a tree of evidence. Symbolic links that lead out of the folder are left out, as are devices, sockets and what
 * lies deeper or beyond the limits. Nothing is written; files are opened only when read.
 * @throws the error of the file system when `path` is no folder that can be listed
 */
export function treeFromDirectory(path: string, limits: DirectoryLimits = DEFAULT_DIRECTORY_LIMITS): EvidenceTree {
  const root = realpathSync(path);
  const files = new Map<string, { readonly real: string; readonly size: number }>();
  const visited = new Set<string>();

  function walk(folder: string, depth: number): void {
    if (depth > limits.maxDepth || visited.has(folder)) return;
    visited.add(folder);
    for (const name of readdirSync(folder).sort()) {
      if (files.size >= limits.maxFiles) return;
      const real = within(root, join(folder, name));
      if (real === null) continue;
      const stat = statSync(real);
      if (stat.isDirectory()) walk(real, depth + 1);
      else if (stat.isFile())
        files.set(relative(root, join(folder, name)).split(sep).join('/'), { real, size: stat.size });
    }
  }

  walk(root, 0);
  const paths = [...files.keys()].sort();
  return {
    kind: 'directory',
    list: () => paths,
    size: (name) => files.get(name)?.size ?? null,
    read(name, maxBytes = limits.maxFileBytes) {
      const file = files.get(name);
      return file === undefined ? null : readHead(file.real, Math.min(file.size, maxBytes, limits.maxFileBytes));
    },
  };
}

/** The real path of something in the folder; null when it leads out of it or nowhere. */
function within(root: string, path: string): string | null {
  try {
    const real = realpathSync(path);
    return real === root || real.startsWith(root + sep) ? real : null;
  } catch {
    return null;
  }
}

function readHead(path: string, length: number): Uint8Array | null {
  let handle: number | null = null;
  try {
    handle = openSync(path, 'r');
    const bytes = new Uint8Array(length);
    let read = 0;
    while (read < length) {
      const count = readSync(handle, bytes, read, length - read, read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  } catch {
    return null;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
