import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError, EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/**
 * The password of an encrypted backup: asked for at the terminal without showing it, or from the environment. It is never an argument, since arguments are seen by everybody on the computer.
 * @returns undefined where nobody gave one
 * @throws CliError where it is to be asked for and there is no terminal
 */
export async function backupPassword(
  ask: boolean,
  terminal: Pick<Terminal, 'env' | 'signal'>,
  streams: {
    readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
    readonly output: NodeJS.WritableStream;
  } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<string | undefined> {
  const given = terminal.env['VEDETTE_BACKUP_PASSWORD'];
  if (!ask) return given === '' ? undefined : given;
  if (streams.input.isTTY !== true)
    throw new CliError(EXIT.usage, '--ask-password needs a terminal; set VEDETTE_BACKUP_PASSWORD instead');
  streams.output.write('Password of the backup: ');
  // What readline would show of the typing goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = createInterface({ input: streams.input, output: nowhere, terminal: true });
  try {
    return await asked.question('', { signal: terminal.signal });
  } finally {
    asked.close();
    streams.output.write('\n');
  }
}
