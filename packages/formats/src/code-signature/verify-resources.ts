import { type Host, utf8Text } from '@vedette/bytes';
import type { SealedFile, SealedResources } from './sealed-resources.ts';
import type { SigningIssue } from './signature-model.ts';

/** A bundle as the seal sees it. */
export interface SealedBundle {
  /** Paths of all files relative to the bundle, folders left out. */
  readonly files: readonly string[];
  /** Path of the executable, which its own signature covers; null without one. */
  readonly executable: string | null;
  /** The whole content of a file; null when not all of it can be had. */
  read(path: string): Uint8Array | null;
}

export interface ResourceVerdict {
  readonly issues: readonly SigningIssue[];
  readonly sealedFiles: number;
  readonly verifiedFiles: number;
}

/** Issues of one kind that are listed one by one. */
const MAX_LISTED = 50;

/**
 * Compares a bundle with its seal: files that are missing, changed, or there without being sealed. What the store adds
 * after signing (`SC_Info/`, keys of FairPlay) and the seal itself are not sealed.
 */
export function verifyResources(resources: SealedResources, bundle: SealedBundle, host: Host): ResourceVerdict {
  const issues = createIssueList();
  const there = new Set(bundle.files);
  const nested = new Set<string>();
  let verifiedFiles = 0;
  for (const [path, sealed] of resources.files) {
    if (sealed.nested) {
      nested.add(path);
      verifiedFiles += 1;
      continue;
    }
    if (!there.has(path)) {
      if (!sealed.optional) issues.add('resource-missing', true, 'sealed, but not there', path);
      continue;
    }
    const result = compare(sealed, bundle.read(path), host);
    if (result === 'same') verifiedFiles += 1;
    else if (result === 'changed') issues.add('resource-changed', true, 'not the file that was sealed', path);
    else issues.add('resource-not-checked', false, 'could not be compared with its seal', path);
  }
  for (const path of there) {
    if (resources.files.has(path) || isOutside(path, bundle) || isInside(path, nested)) continue;
    if (resources.isSealed(path)) issues.add('resource-added', true, 'there, but not sealed', path);
  }
  return { issues: issues.list(), sealedFiles: resources.files.size, verifiedFiles };
}

/** Whether one of the path's folders is nested code. */
function isInside(path: string, nested: ReadonlySet<string>): boolean {
  if (nested.size === 0) return false;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (nested.has(path.slice(0, slash))) return true;
  }
  return false;
}

function isOutside(path: string, bundle: SealedBundle): boolean {
  return (
    path === bundle.executable ||
    path.startsWith('_CodeSignature/') ||
    path.startsWith('SC_Info/') ||
    path === 'CodeResources'
  );
}

function compare(sealed: SealedFile, content: Uint8Array | null, host: Host): 'same' | 'changed' | 'unknown' {
  if (content === null) return 'unknown';
  if (sealed.link !== null) return utf8Text(content) === sealed.link ? 'same' : 'changed';
  if (sealed.sha256 !== null) return equal(host.sha256(content), sealed.sha256) ? 'same' : 'changed';
  const sha1 = sealed.sha1 === null ? undefined : host.signatures?.digest('sha1', content);
  if (sealed.sha1 === null || sha1 === undefined) return 'unknown';
  return equal(sha1, sealed.sha1) ? 'same' : 'changed';
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Issues in order, at most `MAX_LISTED` of a kind; the rest is summed up in one more. */
function createIssueList(): {
  add(code: SigningIssue['code'], breaks: boolean, detail: string, where: string): void;
  list(): readonly SigningIssue[];
} {
  const kept: SigningIssue[] = [];
  const counts = new Map<SigningIssue['code'], { count: number; readonly breaks: boolean }>();
  return {
    add(code, breaks, detail, where) {
      const known = counts.get(code) ?? { count: 0, breaks };
      known.count += 1;
      counts.set(code, known);
      if (known.count <= MAX_LISTED) kept.push({ code, breaks, detail, where });
    },
    list: () => [
      ...kept,
      ...[...counts].flatMap(([code, { count, breaks }]) =>
        count > MAX_LISTED ? { code, breaks, detail: `${count - MAX_LISTED} more files` } : [],
      ),
    ],
  };
}
