import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps what it learned of probe servers and networks (XDG Base Directory Specification, `XDG_STATE_HOME`). */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const state = env['XDG_STATE_HOME'];
  return join(state === undefined || state === '' ? join(homedir(), '.local/state') : state, 'vedette', 'probe');
}
