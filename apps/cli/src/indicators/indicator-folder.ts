import { statSync } from 'node:fs';
import { CliError, EXIT } from '../exit-code.ts';
import { defaultIndicatorFolder } from './default-folder.ts';

/**
 * The folder with lists that a command uses: the one told, which must be there, else the default one where it is there.
 * @returns null where there are no lists
 */
export function indicatorFolder(told: string | undefined): string | null {
  const folder = told ?? defaultIndicatorFolder(process.env);
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isThere && told !== undefined)
    throw new CliError(
      EXIT.failed,
      `${told} is no folder; give one with lists of indicators (vedette help indicators)`,
    );
  return isThere ? folder : null;
}
