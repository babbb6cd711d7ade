import type { JobQueue } from '@vedette/bus';
import type { ServerEvent } from '@vedette/contracts';
import type { Store } from '@vedette/store';
import type { Logger } from 'pino';
import type { ServerIndicators } from './modules/apps/server-indicators.ts';
import type { ServerVulnerabilities } from './modules/assessment/server-vulnerabilities.ts';
import type { ServerRevocations } from './modules/attestation/server-revocations.ts';

/** Everything a module needs from outside itself. Made once by `createContext`; tests make their own. */
export interface ServerContext {
  readonly store: Store;
  readonly jobs: JobQueue;
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly events: EventHub;
  readonly sealer: Sealer;
  /** Address people and devices reach the server at, without a slash at its end. */
  readonly publicUrl: string;
  readonly config: ServerConfig;
  /** Left out: apps are held against no lists. */
  readonly indicators?: ServerIndicators;
  /** Left out: operating systems are held against the list that comes with the product alone. */
  readonly vulnerabilities?: ServerVulnerabilities;
  /** Left out: there is no list of revoked keys, and statements under Google's roots are refused. */
  readonly revocations?: ServerRevocations;
}

/** Tells open consoles that something changed. Publish after the transaction has committed; losing one costs a late refresh, nothing else. */
export interface EventHub {
  publish(tenantId: string, event: ServerEvent): void;
  /** @returns ends the subscription */
  subscribe(tenantId: string, listener: (event: ServerEvent) => void): () => void;
}

/** Encrypts what the server must be able to read back (connector secrets): AES-256-GCM with the key of the data folder. */
export interface Sealer {
  seal(plain: Uint8Array): Uint8Array;
  /** @throws Error when the bytes were altered or sealed with another key */
  open(sealed: Uint8Array): Uint8Array;
}

export interface ServerConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absolute path. Holds the embedded database, the server's key, uploads and logs. */
  readonly dataFolder: string;
  /** Null: the embedded database in the data folder. */
  readonly databaseUrl: string | null;
  /** What the first administrator must show: printed at the start, new at each start. */
  readonly setupCode: string;
  /** Folder of the built console. */
  readonly consoleFolder: string;
  /** Whether `X-Forwarded-For` is believed, as Fastify's `trustProxy` takes it: an address, a range, `loopback`, or false. */
  readonly trustProxy: string | false;
  /** `stderr`, or null for `logs/server.log` in the data folder. */
  readonly logTo: 'stderr' | null;
  readonly version: string;
  /** Where the list of revoked attestation keys is fetched; null: nowhere. */
  readonly revocationsUrl: string | null;
  /** How often an agent reports when nothing changed, in seconds; a device that is silent for three times as long counts as silent. */
  readonly reportIntervalSeconds: number;
}

export const ASSESS_QUEUE = 'assess';

/** Asks for a device to be assessed again. `jobs.enqueue(tx, assessJob(…))` inside the transaction that made it necessary. */
export function assessJob(tenantId: string, deviceId: string) {
  return { queue: ASSESS_QUEUE, tenantId, payload: { deviceId }, dedupeKey: deviceId } as const;
}
