import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, EXIT } from '../exit-code.ts';

/**
 * Makes a folder for what is collected, for its owner alone. Evidence is never mixed with other evidence: the folder must be new or empty.
 * @throws CliError when it holds something, or cannot be made
 */
export async function makeSaveFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CliError(EXIT.failed, `the folder ${folder} cannot be made (${reason})`, { cause: error });
  }
  if ((await readdir(folder)).length > 0)
    throw new CliError(EXIT.usage, `the folder ${folder} is not empty; name a new one with --save`);
}

/** Writes files into the folder, by relative paths that our own code made; none may be there yet. */
export async function saveFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, bytes] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, bytes, { flag: 'wx', mode: 0o600 });
  }
}
