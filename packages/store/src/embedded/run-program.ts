import { spawn } from 'node:child_process';
import { StoreError } from '../store-error.ts';
import type { RunAs } from './run-as.ts';

/** Our environment without the variables that steer libpq or PostgreSQL: the cluster is as its command line says. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('VEDETTE'));
  return { ...Object.fromEntries(kept), LC_MESSAGES: 'C', LANG: 'C' };
}

/**
 * Runs a program to its end.
 * @throws StoreError `disk-full` or `start-failed`, with what the program said last
 */
export async function runProgram(program: string, args: readonly string[], account: RunAs): Promise<void> {
  const child = spawn(program, args, {
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  let said = '';
  const collect = (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-8000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new StoreError('start-failed', `${program} could not be started: ${cause.message}`, { cause })),
    );
    child.on('close', resolve);
  });
  if (code !== 0) throw startError(program, said);
}

/** Reads the reason out of what PostgreSQL printed. */
export function startError(what: string, said: string): StoreError {
  if (/no space left on device|disk quota exceeded/i.test(said))
    return new StoreError('disk-full', 'The disk is full: free some space for the database, then start again');
  if (/permission denied|read-only file system/i.test(said))
    return new StoreError('folder-not-writable', `The database may not write its folder: ${reasonIn(said)}`);
  return new StoreError('start-failed', `${what} failed: ${reasonIn(said)}`);
}

/** The last FATAL, PANIC or error line, else the last line; on one line. */
function reasonIn(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|error:/.test(line)).at(-1) ?? lines.at(-1) ?? 'it said nothing';
  return telling.trim().slice(0, 300);
}
