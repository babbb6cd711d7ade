import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { QueueEntry, type ReportQueue } from '../report-queue.ts';
import { isCode, makePrivateFolder, syncFolder, writeFileAtomically } from './atomic-file.ts';

const StoredReport = z.object({ entry: QueueEntry, jws: z.string().min(1) });
const NAME = /^\d{12}\.json$/;

export interface FileQueueOptions {
  readonly folder: string;
  readonly sync?: boolean;
  /** Told when a stored report cannot be read (a damaged disk); it is set aside as `NAME.damaged`. */
  readonly onDamaged?: (path: string) => void;
}

/** A queue with one file per report, named by its sequence number. The folder is read once; one process at a time may use it. */
export async function openFileQueue(options: FileQueueOptions): Promise<ReportQueue> {
  const { folder, sync = true } = options;
  const pathOf = (sequence: number) => join(folder, `${String(sequence).padStart(12, '0')}.json`);

  async function readStored(path: string): Promise<z.infer<typeof StoredReport> | null> {
    try {
      const stored = StoredReport.safeParse(JSON.parse(await readFile(path, 'utf8')));
      return stored.success && pathOf(stored.data.entry.sequence) === path ? stored.data : null;
    } catch (error) {
      if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  await makePrivateFolder(folder);
  const entries = new Map<number, QueueEntry>();
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if (name.endsWith('.tmp')) await rm(path, { force: true });
    if (!NAME.test(name)) continue;
    const stored = await readStored(path);
    if (stored !== null) entries.set(stored.entry.sequence, stored.entry);
    else {
      await rename(path, `${path}.damaged`);
      options.onDamaged?.(`${path}.damaged`);
    }
  }

  return {
    entries: async () => [...entries.values()].sort((a, b) => a.sequence - b.sequence),
    read: async (sequence) => (await readStored(pathOf(sequence)))?.jws ?? null,
    async append(entry, jws) {
      await writeFileAtomically(pathOf(entry.sequence), `${JSON.stringify({ entry, jws })}\n`, sync);
      entries.set(entry.sequence, entry);
    },
    async remove(sequence) {
      await rm(pathOf(sequence), { force: true });
      if (sync) await syncFolder(folder);
      entries.delete(sequence);
    },
  };
}
