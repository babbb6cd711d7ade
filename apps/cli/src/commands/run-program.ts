import { spawn } from 'node:child_process';
import { CliError, EXIT, type ExitCode } from '../exit-code.ts';

/** Runs a program of this house as a process of its own, passes on the signal to stop, and ends when it ends. It says itself, in one line, why it could not start. */
export async function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  stop: AbortSignal,
  name: string,
): Promise<ExitCode> {
  const program = spawn(process.execPath, [...args], { stdio: 'inherit', env: { ...env } });
  // Ctrl-C reaches the whole process group by itself; a signal for this process alone is passed on.
  stop.addEventListener('abort', () => program.kill('SIGTERM'), { once: true });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (ended, by) => resolve({ code: ended, signal: by }));
  });
  if (code !== 0 && code !== null) return EXIT.failed;
  if (signal !== null && !stop.aborted) throw new CliError(EXIT.failed, `${name} was ended by ${signal}`);
  return EXIT.done;
}
