import { run } from './run.ts';
import { createTerminal } from './terminal.ts';

/** Starts the command line on this process. */
export async function main(): Promise<void> {
  const stop = new AbortController();
  // The first signal asks the command to end what it does; a second one is Node's own and ends the process.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort());
  // A reader that has seen enough (`| head`) is no error.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  const terminal = createTerminal({
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: stop.signal,
  });
  process.exitCode = await run(process.argv.slice(2), terminal);
}
