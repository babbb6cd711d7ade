import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceEvidence } from '@vedette/contracts';
import type { Progress } from '../analysis/job.ts';
import { runAnalysis } from '../analysis/run-analysis.ts';
import { version } from '../house.ts';

/** Recorded evidence that is read again when it changes. */
export interface EvidenceSource {
  /** Reads the evidence in a worker. @throws CliError when it cannot be read */
  collect(): Promise<DeviceEvidence>;
  /** Whether files were added, removed, or written since the last `collect`. */
  changed(): Promise<boolean>;
}

export interface EvidenceSourceOptions {
  readonly path: string;
  readonly timeoutMs: number;
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
}

/** More files than this are not watched: their folder is read again at every interval only. */
const MOST_FILES = 5000;

export function createEvidenceSource({ path, timeoutMs, onProgress, signal }: EvidenceSourceOptions): EvidenceSource {
  let seen = '';
  return {
    async collect() {
      seen = await fingerprint(path);
      const job = {
        kind: 'evidence',
        path,
        version: version(),
        now: new Date().toISOString(),
        timeoutMs,
        text: null,
      } as const;
      const { json } = await runAnalysis(job, onProgress, signal);
      return DeviceEvidence.parse(JSON.parse(json));
    },
    changed: async () => (await fingerprint(path)) !== seen,
  };
}

/** Names, sizes and times of all files; empty when there is nothing to see. */
async function fingerprint(path: string): Promise<string> {
  try {
    const parts: string[] = [];
    const names = (await stat(path)).isDirectory()
      ? (await readdir(path, { recursive: true })).slice(0, MOST_FILES)
      : [''];
    for (const name of names.sort()) {
      const { size, mtimeMs, isFile } = await statOf(join(path, name));
      if (isFile) parts.push(`${name}\n${size}\n${mtimeMs}`);
    }
    return parts.join('\n');
  } catch {
    return '';
  }
}

async function statOf(path: string): Promise<{ size: number; mtimeMs: number; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, mtimeMs: found.mtimeMs, isFile: found.isFile() };
}
