import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { DownloadFeed, Feed, IndexFeed, TaxiiFeed } from '../../feeds/feed.ts';
import { readIndex } from '../../feeds/read-index.ts';
import { readList } from '../load-indicators.ts';
import { parseYaml } from '../parse-yaml.ts';
import { type Downloaded, download } from './download.ts';
import type { FeedState } from './feed-state.ts';
import { keepNewest, objectsOf, readCollection, type StixRecord } from './taxii.ts';

export interface FetchContext {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  /** What is known from the last time; null: nothing. */
  readonly before: FeedState | null;
}

/** A feed that was fetched and holds indicators. */
export interface Fetched {
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  readonly total: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly addedUntil: string | null;
  readonly notes: readonly string[];
}

/**
 * Fetches one feed and reads it, so that nothing is taken over that could not be used.
 * @returns null when nothing changed
 * @throws Error with a sentence for people
 */
export function fetchFeed(feed: Feed, context: FetchContext): Promise<Fetched | null> {
  if ('taxii' in feed) return fetchTaxii(feed, context);
  return 'index' in feed ? fetchIndex(feed, context) : fetchList(feed, context);
}

const ENDINGS = { stix: '.stix2', families: '.yaml', csv: '.csv', plain: '.txt' } as const;
const KNOWN_ENDINGS: ReadonlySet<string> = new Set([
  '.stix2',
  '.stix',
  '.json',
  '.yaml',
  '.yml',
  '.csv',
  '.tsv',
  '.txt',
]);

async function fetchList(feed: DownloadFeed, { env, signal, before }: FetchContext): Promise<Fetched | null> {
  const ending = feed.format === undefined ? extname(new URL(feed.url).pathname).toLowerCase() : ENDINGS[feed.format];
  if (!KNOWN_ENDINGS.has(ending)) throw new Error('its address does not end like a list; say its format in feeds.yaml');
  const ask = { env, signal, access: feed.access };
  const answer = await download(feed.url, {
    ...ask,
    etag: before?.etag ?? null,
    lastModified: before?.lastModified ?? null,
  });
  if (answer === null) return null;
  if (feed.signature !== undefined) await checkSignature(feed.signature, answer, ask);
  // The name tells what a plain list holds, so it is kept.
  const path = `${feed.name}/${feed.holds === undefined ? slugOf(baseName(feed.url)) : LABELS[feed.holds]}${ending}`;
  const { total, notes } = await readWhole(answer.bytes, path);
  return {
    files: [{ path, content: answer.bytes }],
    total,
    etag: answer.headers.get('etag'),
    lastModified: answer.headers.get('last-modified'),
    addedUntil: null,
    notes,
  };
}

/** Names of files that tell their kind (`kindOfLabel`). */
const LABELS: Readonly<Record<NonNullable<DownloadFeed['holds']>, string>> = {
  domain: 'domains',
  ip: 'ip-addresses',
  url: 'urls',
  email: 'emails',
  path: 'paths',
  'file-name': 'file_names',
  process: 'processes',
  app: 'package_names',
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  'certificate-sha1': 'certificates-sha1',
  'certificate-sha256': 'certificates-sha256',
  profile: 'profiles',
  property: 'properties',
};

function baseName(url: string): string {
  const path = new URL(url).pathname;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(0, name.length - extname(name).length);
}

async function checkSignature(
  { url, publicKey }: NonNullable<DownloadFeed['signature']>,
  { bytes }: Downloaded,
  ask: Pick<FetchContext, 'env' | 'signal'>,
): Promise<void> {
  const answer = await download(url, { ...ask, maxBytes: 4_096 });
  const raw = answer === null ? Buffer.alloc(0) : Buffer.from(answer.bytes);
  const signature = raw.length === 64 ? raw : Buffer.from(raw.toString('latin1').trim(), 'base64');
  let key: ReturnType<typeof createPublicKey>;
  try {
    key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  } catch (error) {
    throw new Error('its publicKey is no Ed25519 key in base64', { cause: error });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('its publicKey is no Ed25519 key in base64');
  if (signature.length !== 64 || !verify(null, bytes, key, signature))
    throw new Error('its signature is wrong: the list was changed, or signed with another key');
}

async function fetchIndex(feed: IndexFeed, { folder, env, signal, before }: FetchContext): Promise<Fetched> {
  const ask = { env, signal };
  const index = await download(feed.index, { ...ask, access: feed.access, maxBytes: 4 * 1024 * 1024 });
  const { lists, skipped } = readIndex(parseYaml(text(index?.bytes ?? new Uint8Array()), { maxAliasCount: 10 }));
  if (lists.length === 0) throw new Error('the index names no list');
  const files: { path: string; content: Uint8Array }[] = [];
  const notes = skipped > 0 ? [`${skipped} entries of the index name no list that can be fetched`] : [];
  let total = 0;
  for (const { name, url } of lists) {
    const ending = extname(new URL(url).pathname).toLowerCase();
    const place = `${slugOf(name)}-${createHash('sha256').update(url).digest('hex').slice(0, 6)}`;
    const path = `${feed.name}/${place}${KNOWN_ENDINGS.has(ending) ? ending : '.stix2'}`;
    try {
      const answer = await download(url, ask);
      const read = await readWhole(answer?.bytes ?? new Uint8Array(), path);
      files.push({ path, content: answer?.bytes ?? new Uint8Array() });
      total += read.total;
      notes.push(...read.notes);
    } catch (error) {
      // One list of many that cannot be had must not keep the others away, and what we have of it stays.
      notes.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      const kept = before?.files.includes(path) === true ? keptList(join(folder, path)) : null;
      if (kept === null) continue;
      files.push({ path, content: kept });
      total += (await readWhole(kept, path)).total;
    }
  }
  if (files.length === 0) throw new Error(`none of its ${lists.length} lists could be fetched: ${notes[0] ?? ''}`);
  return { files, total, etag: null, lastModified: null, addedUntil: null, notes };
}

function keptList(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

async function fetchTaxii(feed: TaxiiFeed, { folder, env, signal, before }: FetchContext): Promise<Fetched | null> {
  const path = `${feed.name}.stix2`;
  const known = before === null ? new Map<string, StixRecord>() : knownObjects(join(folder, path));
  const from = known.size === 0 ? null : (before?.addedUntil ?? null);
  const { objects, addedUntil } = await readCollection(feed, from, { env, signal });
  if (from !== null && objects.size === 0) return null;
  for (const object of objects.values()) keepNewest(known, object);
  const content = JSON.stringify({
    type: 'bundle',
    id: 'bundle--00000000-0000-4000-8000-000000000000',
    objects: [...known.values()],
  });
  const { total, notes } = await readWhole(Buffer.from(content), path);
  return { files: [{ path, content }], total, etag: null, lastModified: null, addedUntil: addedUntil ?? from, notes };
}

function knownObjects(path: string): Map<string, StixRecord> {
  const objects = new Map<string, StixRecord>();
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null)
      for (const object of objectsOf({ ...value })) objects.set(object.id, object);
  } catch {
    // Gone or damaged: everything is asked for again.
    objects.clear();
  }
  return objects;
}

/** @throws Error when there is no indicator in it, which no published list is without */
async function readWhole(
  bytes: Uint8Array,
  path: string,
): Promise<{ readonly total: number; readonly notes: readonly string[] }> {
  const read = await readList(text(bytes), path);
  const total = read?.value.indicators.length ?? 0;
  if (total === 0)
    throw new Error(
      `there is no indicator in it${read?.diagnostics[0] === undefined ? '' : `: ${read.diagnostics[0].message}`}`,
    );
  return { total, notes: (read?.diagnostics ?? []).slice(0, 5).map(({ message }) => message) };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'list' : slug;
}
