import type { TaxiiFeed } from '../../feeds/feed.ts';
import { type DownloadOptions, download, MAX_DOWNLOAD_BYTES } from './download.ts';

/** TAXII 2.1, section 1.6.8.1. */
const MEDIA_TYPE = 'application/taxii+json;version=2.1';
const PAGE = 1_000;
const MAX_PAGES = 5_000;

/** Objects of a collection, by id. */
export interface TaxiiObjects {
  readonly objects: ReadonlyMap<string, StixRecord>;
  /** When the last of them was added, by the server's clock: what to ask from next time. Null: it did not say. */
  readonly addedUntil: string | null;
}

export type StixRecord = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * Gets the objects of a collection that were added after a moment (TAXII 2.1 section 5.4, `added_after`, `limit`, `next`), page by page. Of versions of one object the newest stays.
 * @throws Error with a sentence for people: no such collection, no right to read it, no TAXII, too large
 */
export async function readCollection(
  feed: TaxiiFeed,
  addedAfter: string | null,
  options: Omit<DownloadOptions, 'access' | 'accept'>,
): Promise<TaxiiObjects> {
  const collection = feed.taxii.endsWith('/') ? feed.taxii : `${feed.taxii}/`;
  const ask = { ...options, access: feed.access, accept: MEDIA_TYPE };
  if (!/\/collections\/[^/]+\/$/.test(collection)) throw new Error(await whatIsThere(collection, ask));
  const objects = new Map<string, StixRecord>();
  let addedUntil: string | null = null;
  let next: string | null = null;
  let left = MAX_DOWNLOAD_BYTES;
  for (let page = 0; page < MAX_PAGES; page++) {
    const url = new URL(`${collection}objects/`);
    url.searchParams.set('limit', String(PAGE));
    if (addedAfter !== null) url.searchParams.set('added_after', addedAfter);
    if (next !== null) url.searchParams.set('next', next);
    const answer = await download(url.href, { ...ask, maxBytes: left });
    if (answer === null) break;
    left -= answer.bytes.byteLength;
    const envelope = parse(answer.bytes);
    const fresh = objectsOf(envelope).filter((object) => keepNewest(objects, object)).length;
    addedUntil = later(addedUntil, answer.headers.get('x-taxii-date-added-last'));
    const following = envelope['more'] === true ? envelope['next'] : null;
    if (typeof following !== 'string') return { objects, addedUntil };
    // The token of the next page may stay the same: servers keep their place behind it. But who says that there is more must bring something.
    if (fresh === 0) throw new Error(`${url.host} says that there is more, and brings nothing new`);
    next = following;
  }
  return { objects, addedUntil };
}

/**
 * Adds an object, unless a version of it at least as new is there.
 * @returns whether it was added
 */
export function keepNewest(objects: Map<string, StixRecord>, object: StixRecord): boolean {
  const known = objects.get(object.id);
  const version = ({ modified, created }: StixRecord): string => {
    const stated = modified ?? created;
    return typeof stated === 'string' ? stated : '';
  };
  if (known !== undefined && version(known) >= version(object)) return false;
  objects.set(object.id, object);
  return true;
}

/** The STIX objects in an envelope or a bundle; what has no id is none. */
export function objectsOf(envelope: Readonly<Record<string, unknown>>): StixRecord[] {
  const { objects } = envelope;
  return Array.isArray(objects) ? objects.filter(isStixRecord) : [];
}

function isStixRecord(value: unknown): value is StixRecord {
  return isRecord(value) && typeof value['id'] === 'string' && value['id'].length < 200;
}

/** Says what stands at an address that is no collection: people copy the one of the server or of an API root. */
async function whatIsThere(url: string, options: DownloadOptions): Promise<string> {
  const said = async (address: string): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await download(address, { ...options, maxBytes: 1024 * 1024 });
    return answer === null ? {} : parse(answer.bytes);
  };
  const here = await said(url);
  const roots = Array.isArray(here['api_roots']) ? here['api_roots'].filter((root) => typeof root === 'string') : [];
  if (roots.length > 0)
    return `this is a TAXII server, not a collection; give one of an API root: ${roots.slice(0, 10).join(', ')}`;
  const { collections } = await said(`${url}collections/`);
  const names = Array.isArray(collections)
    ? collections.filter(isStixRecord).map(({ id, title }) => `${url}collections/${id}/ (${String(title)})`)
    : [];
  if (names.length > 0)
    return `this is an API root, not a collection; its collections are ${names.slice(0, 20).join(', ')}`;
  return 'this is no address of a TAXII 2.1 collection, which ends in /collections/<id>/';
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error('the answer is no JSON, so this is no TAXII 2.1 server', { cause: error });
  }
  if (!isRecord(value)) throw new Error('the answer is no TAXII 2.1 envelope');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function later(one: string | null, other: string | null): string | null {
  if (other === null || Number.isNaN(Date.parse(other))) return one;
  return one === null || Date.parse(other) > Date.parse(one) ? other : one;
}
