import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where lists are when nobody says: `$VEDETTE_INDICATORS`, else `vedette/indicators` in the folder for data of the XDG Base Directory Specification. */
export function defaultIndicatorFolder(env: Readonly<Record<string, string | undefined>>): string {
  const told = env['VEDETTE_INDICATORS'];
  if (told !== undefined && told !== '') return told;
  const data = env['XDG_DATA_HOME'];
  return join(data === undefined || data === '' ? join(homedir(), '.local/share') : data, 'vedette/indicators');
}
