import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** Makes the data folder and its parts when missing. Under root the database's account must be able to walk through it, and no more. @throws StartError */
export function ensureDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    mkdirSync(join(folder, 'uploads'), { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'ENOSPC' ? 'its disk is full' : code;
    throw new StartError(`The folder ${folder} cannot be written (${why}): set VEDETTE_DATA to one that can`);
  }
}
