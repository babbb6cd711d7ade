import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes into its data folder: `postmaster.pid`, one value a line (PostgreSQL source, `src/include/utils/pidfile.h`). */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataFolder: string;
  /** Null while the server has not written it yet. */
  readonly socketFolder: string | null;
  /** `starting`, `stopping`, `ready`, `standby`; null while not yet written. */
  readonly status: string | null;
}

/** @returns null when the text does not begin as such a file does */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const dataFolder = lines[1] ?? '';
  if (!Number.isInteger(pid) || pid <= 1 || dataFolder === '') return null;
  return {
    pid,
    dataFolder,
    socketFolder: lines[4]?.trim() || null,
    status: lines[7]?.trim() || null,
  };
}

export function readPostmasterPid(dataFolder: string): PostmasterPid | null {
  try {
    return parsePostmasterPid(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8'));
  } catch {
    return null;
  }
}

/** Whether a process has this id. One we may not signal exists too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the process is a PostgreSQL server. Ids are used again, in containers soon: a stale file may name somebody else. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.includes('postgres') ?? false;
  } catch {
    if (process.platform === 'win32') return true;
    const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    return stdout.includes('postgres');
  }
}
