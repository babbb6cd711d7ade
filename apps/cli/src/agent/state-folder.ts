import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the agent keeps its things when nobody says: per user, as the XDG Base Directory Specification puts it, or Windows' LOCALAPPDATA. */
export function defaultStateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const xdg = env['XDG_DATA_HOME'];
  // "All paths set in these environment variables must be absolute. If relative, the path should be ignored."
  if (xdg?.startsWith('/') === true) return join(xdg, 'vedette', 'agent');
  if (process.platform === 'win32' && env['LOCALAPPDATA'] !== undefined)
    return join(env['LOCALAPPDATA'], 'vedette', 'agent');
  return join(env['HOME'] ?? homedir(), '.local', 'share', 'vedette', 'agent');
}
