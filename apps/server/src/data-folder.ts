import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from './start-error.ts';

/** Makes the data folder and its parts when missing. Under root the database's account must be able to walk through it, and no more. @throws StartError */
export function ensureDataFolder(folder: string): void {
  try {
    makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(folder, constants.W_OK | constants.X_OK);
    makeFolder(join(folder, 'uploads'), 0o700);
    makeFolder(join(folder, 'logs'), 0o700);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOSPC' ? 'its disk is full' : code;
    throw new StartError(`The folder ${folder} cannot be written (${why}): set VEDETTE_DATA to one that can`);
  }
}

/** Like `mkdirSync` with `recursive`, which never returns where a file system says "no such folder" to every attempt, as /proc does. */
function makeFolder(folder: string, mode: number): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Made by another process meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
