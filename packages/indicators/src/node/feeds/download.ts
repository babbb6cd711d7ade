import type { FeedAccess } from '../../feeds/feed.ts';
import { isAllowedUrl } from '../../feeds/feed.ts';

/** What a server may answer with before we stop listening, in bytes. */
export const MAX_DOWNLOAD_BYTES = 256 * 1024 * 1024;
/** For one answer. */
const TIMEOUT_MS = 120_000;
const MAX_REDIRECTS = 5;

export interface DownloadOptions {
  readonly access?: FeedAccess | undefined;
  readonly accept?: string;
  /** Of what we have; the server may answer that nothing changed. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly maxBytes?: number;
  /** Where secrets are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Downloaded {
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/**
 * Gets a resource. Redirects are followed by hand: each must be allowed itself, and secrets go to the first host alone.
 * @returns null when it has not changed
 * @throws Error with a sentence for people; secrets are never part of it
 */
export async function download(url: string, options: DownloadOptions): Promise<Downloaded | null> {
  const first = new URL(url);
  let at = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await ask(at, at.origin === first.origin, options);
    if (response.status === 304) return null;
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      const next = URL.canParse(location, at) ? new URL(location, at) : null;
      if (next === null || !isAllowedUrl(next.href))
        throw new Error(`${at.host} sends us on to an address that is not encrypted`);
      at = next;
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${at.host} answered ${response.status}${hintOf(response.status)}`);
    }
    return { bytes: await bodyOf(response, options.maxBytes ?? MAX_DOWNLOAD_BYTES), headers: response.headers };
  }
  throw new Error(`${first.host} sends us on more than ${MAX_REDIRECTS} times`);
}

async function ask(url: URL, withSecrets: boolean, options: DownloadOptions): Promise<Response> {
  const headers = new Headers({ 'user-agent': 'vedette' });
  if (options.accept !== undefined) headers.set('accept', options.accept);
  if (withSecrets && options.access !== undefined)
    headers.set('authorization', authorization(options.access, options.env));
  if (typeof options.etag === 'string') headers.set('if-none-match', options.etag);
  if (typeof options.lastModified === 'string') headers.set('if-modified-since', options.lastModified);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  try {
    return await fetch(url, { headers, redirect: 'manual', signal });
  } catch (error) {
    throw new Error(`${url.host} cannot be reached: ${reasonOf(error)}`, { cause: error });
  }
}

function authorization(access: FeedAccess, env: DownloadOptions['env']): string {
  const name = 'tokenEnv' in access ? access.tokenEnv : access.passwordEnv;
  const secret = env[name];
  if (secret === undefined || secret === '') throw new Error(`the environment variable ${name} is not set`);
  if ('tokenEnv' in access) return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${access.user}:${secret}`).toString('base64')}`;
}

async function bodyOf(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest of the answer.
    if (size > most) throw new Error(`the answer is larger than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function hintOf(status: number): string {
  if (status === 401 || status === 403) return ': it wants other credentials (access in feeds.yaml)';
  if (status === 404) return ': there is nothing at that address';
  return '';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
