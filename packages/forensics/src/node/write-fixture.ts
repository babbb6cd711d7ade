import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/**
 * Writes the files of a fixture under a folder, making folders as needed.
 * @throws when a path would leave the folder, or the file system refuses
 */
export function writeFixture(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const root = resolve(folder);
  for (const [path, bytes] of files) {
    const target = resolve(join(root, path));
    if (!target.startsWith(root + sep)) throw new RangeError(`The path “${path}” leads out of the folder.`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}
