import { statSync } from 'node:fs';
import { CliError, EXIT } from '../exit-code.ts';
import { defaultFolder, type ListKind } from './default-folder.ts';

/**
 * The folder with lists of a kind that a command uses: the one told, which must be there, else the default one where it is there.
 * @returns null where there are no lists
 */
export function listFolder(kind: ListKind, told: string | undefined): string | null {
  const folder = told ?? defaultFolder(kind, process.env);
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isThere && told !== undefined)
    throw new CliError(
      EXIT.failed,
      `${told} is no folder; give one with lists (vedette help check, vedette help indicators)`,
    );
  return isThere ? folder : null;
}
