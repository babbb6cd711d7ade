import { join } from 'node:path';
import type { StateStore } from '../agent-state.ts';
import type { KeyStore, SigningSubtle } from '../device-key.ts';
import type { ReportQueue } from '../report-queue.ts';
import { makePrivateFolder } from './atomic-file.ts';
import { createFileKeyStore } from './file-key-store.ts';
import { openFileQueue } from './file-queue.ts';
import { createFileStateStore } from './file-state-store.ts';

export interface FileStores {
  readonly keyStore: KeyStore;
  readonly stateStore: StateStore;
  readonly queue: ReportQueue;
}

export interface FileStoresOptions {
  readonly folder: string;
  readonly subtle: SigningSubtle;
  /** False leaves the fsyncs out: faster, and a power cut may lose reports. For simulated devices. */
  readonly sync?: boolean;
  readonly onDamaged?: (path: string) => void;
}

/** Opens the stores of one agent: `key.json`, `state.json` and `queue/` in a folder that only its owner may enter. */
export async function openFileStores(options: FileStoresOptions): Promise<FileStores> {
  const { folder, subtle, sync = true, onDamaged } = options;
  await makePrivateFolder(folder);
  return {
    keyStore: createFileKeyStore(join(folder, 'key.json'), subtle, sync),
    stateStore: createFileStateStore(join(folder, 'state.json'), sync),
    queue: await openFileQueue({
      folder: join(folder, 'queue'),
      sync,
      ...(onDamaged === undefined ? {} : { onDamaged }),
    }),
  };
}
