import { isAllowedUrl } from './feed.ts';

/** One list that an index names. */
export interface IndexedList {
  readonly name: string;
  readonly url: string;
}

/** Most lists taken from one index. */
const MAX_LISTS = 500;
const PART = /^[A-Za-z0-9._-]{1,100}$/;

/**
 * The lists that an index of the Mobile Verification Toolkit names: entries of type `github` (owner, repository, branch, path) or `download` (`download_url`). Entries that are neither, or
 * that would be fetched without encryption, are skipped and counted.
 */
export function readIndex(value: unknown): { readonly lists: readonly IndexedList[]; readonly skipped: number } {
  const entries = fieldOf(value, 'indicators');
  if (!Array.isArray(entries)) return { lists: [], skipped: 0 };
  const lists = entries.slice(0, MAX_LISTS).flatMap((entry: unknown): IndexedList[] => {
    const name = fieldOf(entry, 'name');
    const url = urlOf(entry);
    return url === null || !isAllowedUrl(url)
      ? []
      : [{ name: typeof name === 'string' ? name.slice(0, 200) : url, url }];
  });
  return { lists, skipped: entries.length - lists.length };
}

function urlOf(entry: unknown): string | null {
  const download = fieldOf(entry, 'download_url');
  if (typeof download === 'string') return download;
  const github = fieldOf(entry, 'github');
  const [owner, repo, branch, path] = ['owner', 'repo', 'branch', 'path'].map((name) => fieldOf(github, name));
  if (typeof owner !== 'string' || typeof repo !== 'string' || typeof path !== 'string') return null;
  const at = typeof branch === 'string' ? branch : 'main';
  const parts = path.split('/').filter((part) => part !== '');
  const plain = [owner, repo, at, ...parts].every((part) => PART.test(part) && part !== '..' && part !== '.');
  return plain ? `https://raw.githubusercontent.com/${owner}/${repo}/${at}/${parts.join('/')}` : null;
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
