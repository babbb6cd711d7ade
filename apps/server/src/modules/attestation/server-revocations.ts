import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_LIST_AGE_MS, type RevocationList, readRevocationList } from '@vedette/attestation';
import type { Logger } from 'pino';

/** Where Google publishes the list (AOSP, "Key and ID attestation", "Certificate revocation status list"). */
export const GOOGLE_STATUS_LIST = 'https://android.googleapis.com/attestation/status';

export interface DatedList {
  readonly list: RevocationList;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** Google's list of revoked attestation keys, as this server has it. */
export interface ServerRevocations {
  /** Null: there is none. An old one is given with its age; who judges refuses it. */
  current(): Promise<DatedList | null>;
  /** The same, without asking anybody for another. */
  known(): Promise<DatedList | null>;
}

const FILE = 'status.json';
/** Half of the time that a list counts as fresh. */
const FETCH_AFTER_MS = MAX_LIST_AGE_MS / 2;
const RETRY_AFTER_MS = 10 * 60_000;
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

export interface RevocationsOptions {
  /** Holds `status.json`; its modification time says when the list was fetched. */
  readonly folder: string;
  /** Null: the list is put there by somebody else, and never fetched. */
  readonly url: string | null;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Reads the list from a folder, and fetches it when it is asked for and older than half a day: a server that judges no key attestation asks nobody. The one who asks first waits for the
 * first list; later ones are fetched while the one at hand is used. What cannot be read or fetched leaves what was there.
 */
export function createServerRevocations({ folder, url, fetch, clock, log }: RevocationsOptions): ServerRevocations {
  const path = join(folder, FILE);
  let known: (DatedList & { readonly modifiedMs: number }) | null = null;
  let fetching: Promise<void> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;

  async function read(): Promise<void> {
    const modifiedMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (modifiedMs === null || known?.modifiedMs === modifiedMs) return;
    const list = readRevocationList(await readFile(path, 'utf8'));
    if (list === null) {
      log.warn({ file: FILE }, 'the list of revoked keys cannot be read');
      return;
    }
    known = { list, fetchedAt: modifiedMs, modifiedMs };
  }

  async function download(from: string): Promise<void> {
    try {
      const response = await fetch(from, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const text = await boundedText(response);
      if (readRevocationList(text) === null) throw new Error('it is no such list');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const whole = `${path}.new`;
      await writeFile(whole, text, { mode: 0o600 });
      await rename(whole, path);
      await read();
      log.info({ revoked: known?.list.entries.size }, 'the list of revoked keys was fetched');
    } catch (error) {
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the list of revoked keys could not be fetched',
      );
    }
  }

  return {
    async known() {
      await read();
      return known;
    },
    async current() {
      await read();
      const now = clock().getTime();
      const old = known === null || now - known.fetchedAt > FETCH_AFTER_MS;
      if (url !== null && old && fetching === null && now - triedAt > RETRY_AFTER_MS) {
        triedAt = now;
        fetching = download(url).finally(() => {
          fetching = null;
        });
      }
      if (known === null && fetching !== null) await fetching;
      return known;
    },
  };
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error('it is too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
