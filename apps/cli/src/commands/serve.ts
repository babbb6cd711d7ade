import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../exit-code.ts';
import { serverEntry } from '../house.ts';
import type { CommandContext } from '../run.ts';
import { wholeNumber } from './options.ts';
import { runProgram } from './run-program.ts';

/** `vedette serve`: the server is a process of its own; this one passes signals on and ends when it ends. */
export function serveCommand({ terminal, finish }: CommandContext): Command {
  return new Command('serve')
    .summary('start the server and the console')
    .description(
      'Starts the server and the console. Without DATABASE_URL it brings its own PostgreSQL. Stop it with Ctrl-C.',
    )
    .addOption(
      new Option('--port <port>', 'port to listen on (default: PORT, else 8080)').argParser(wholeNumber(65535)),
    )
    .addOption(new Option('--data <dir>', 'folder for data (default: VEDETTE_DATA, else .vedette/data)'))
    .addHelpText('after', '\nExample:\n  vedette serve --port 8080 --data /var/lib/vedette')
    .action(async (options: { readonly port?: number; readonly data?: string }) => {
      const entry = serverEntry();
      if (!existsSync(entry)) throw new CliError(EXIT.failed, 'the server is not built yet; run `npm run build`');
      const env = {
        ...terminal.env,
        ...(options.port === undefined ? {} : { PORT: String(options.port) }),
        ...(options.data === undefined ? {} : { VEDETTE_DATA: options.data }),
      };
      finish(await runProgram([entry], env, terminal.signal, 'the server'));
    });
}
