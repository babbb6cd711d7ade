import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const MOST_OUTPUT = 200_000;

/** Runs a program and answers what it printed. @throws where it fails, with what it said */
export async function runProgram(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { timeout: 60_000, maxBuffer: 2 ** 26 });
  return stdout;
}

/** The same, for what may fail. */
export async function tryProgram(
  program: string,
  ...args: readonly string[]
): Promise<{ readonly output: string; readonly exitCode: number }> {
  try {
    const { stdout, stderr } = await execute(program, args, { timeout: 90_000, maxBuffer: 2 ** 26 });
    return { output: stdout + stderr, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error)) throw error;
    return {
      output: String(error.stdout),
      exitCode: 'code' in error && typeof error.code === 'number' ? error.code : -1,
    };
  }
}

/** A program that goes on running. */
export interface Running {
  readonly output: () => string;
  /** Waits until it printed something. @throws after `timeoutMs`, or when it ended, with what it said */
  printed(pattern: RegExp, timeoutMs?: number): Promise<void>;
  write(text: string): void;
  stop(): Promise<void>;
}

/** Starts a program whose output is kept to a limit. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child: ChildProcess = spawn(program, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  const keep = (data: Buffer): void => void (output = (output + data.toString('latin1')).slice(-MOST_OUTPUT));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.stdin?.on('error', () => {});
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += `\n${error.message}`;
      ended = true;
      resolve();
    });
    child.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  return {
    output: () => output,
    async printed(pattern, timeoutMs = 20_000) {
      const until = Date.now() + timeoutMs;
      while (!pattern.test(output)) {
        if (ended || Date.now() > until)
          throw new Error(`${program} ${ended ? 'ended' : 'did not get ready'}: ${output.slice(-2_000)}`);
        await wait(30);
      }
    },
    write: (text) => void child.stdin?.write(text),
    async stop() {
      if (ended) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(late);
    },
  };
}
