import { homedir } from 'node:os';
import { join } from 'node:path';

/** Kinds of lists that people put into a folder of their own. */
export type ListKind = 'indicators' | 'vulnerabilities';

/** Where lists are when nobody says: `$VEDETTE_INDICATORS` (or `$VEDETTE_VULNERABILITIES`), else `vedette/indicators` in the folder for data of the XDG Base Directory Specification. */
export function defaultFolder(kind: ListKind, env: Readonly<Record<string, string | undefined>>): string {
  const told = env[`VEDETTE_${kind.toUpperCase()}`];
  if (told !== undefined && told !== '') return told;
  const data = env['XDG_DATA_HOME'];
  return join(data === undefined || data === '' ? join(homedir(), '.local/share') : data, 'vedette', kind);
}
