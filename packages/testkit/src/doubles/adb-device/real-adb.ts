import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@vedette/store/testing';

const execute = promisify(execFile);

/** The system's own `adb`, with a server of its own port and a folder of its own for keys. */
export interface RealAdb {
  readonly port: number;
  readonly folder: string;
  /** Runs `adb ARGS` and answers what it printed, whatever its exit code. */
  run(...args: readonly string[]): Promise<{ readonly output: string; readonly exitCode: number }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Whether `adb` is installed; tests that need it say so where it is not. */
export async function hasRealAdb(): Promise<boolean> {
  return await execute('adb', ['version']).then(
    () => true,
    () => false,
  );
}

/** @throws when `adb` is not installed or its server does not start */
export async function startRealAdb(): Promise<RealAdb> {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-adb-'));
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    // Without a host: adb starts no server where one is named, be it 127.0.0.1.
    ADB_SERVER_SOCKET: `tcp:${port}`,
    // A test looks for phones nowhere else.
    ADB_MDNS: '0',
  };
  const run = async (...args: readonly string[]): Promise<{ output: string; exitCode: number }> => {
    try {
      const { stdout, stderr } = await execute('adb', args, { env, cwd: folder, timeout: 20_000, maxBuffer: 2 ** 26 });
      return { output: stdout + stderr, exitCode: 0 };
    } catch (error) {
      if (!(error instanceof Error && 'stdout' in error && 'stderr' in error && 'code' in error)) throw error;
      return { output: `${String(error.stdout)}${String(error.stderr)}`, exitCode: Number(error.code) };
    }
  };
  const started = await run('start-server');
  if (started.exitCode !== 0) throw new Error(`The adb server does not start: ${started.output}`);
  return {
    port,
    folder,
    run,
    async [Symbol.asyncDispose]() {
      await run('kill-server');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
