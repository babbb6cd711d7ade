import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The system's own tools for iPhones, against one usbmuxd. */
export interface RealImobiledevice {
  /** An empty folder to write into. */
  readonly folder: string;
  /** Runs `TOOL ARGS` and answers what it printed, whatever its exit code; -1: it was ended after 20 s. */
  run(tool: string, ...args: readonly string[]): Promise<{ readonly output: string; readonly exitCode: number }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Whether the tools are installed (Debian: `libimobiledevice-utils`, `ideviceinstaller`); tests that need them say so where they are not. */
export async function hasRealImobiledevice(): Promise<boolean> {
  const found = await Promise.all(
    ['idevice_id', 'ideviceinstaller'].map(async (tool) => {
      try {
        await execute(tool, ['--version']);
        return true;
      } catch (error) {
        // Older ones do not know the option; what is not there has no exit code.
        return error instanceof Error && 'code' in error && typeof error.code === 'number';
      }
    }),
  );
  return found.every(Boolean);
}

/** @param address of usbmuxd: `127.0.0.1:PORT` or `UNIX:PATH` */
export async function useRealImobiledevice(address: string): Promise<RealImobiledevice> {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-imobiledevice-'));
  const env = { PATH: process.env['PATH'], HOME: folder, USBMUXD_SOCKET_ADDRESS: address };
  return {
    folder,
    async run(tool, ...args) {
      try {
        const { stdout, stderr } = await execute(tool, args, { env, cwd: folder, timeout: 20_000, maxBuffer: 2 ** 26 });
        return { output: stdout + stderr, exitCode: 0 };
      } catch (error) {
        if (!(error instanceof Error && 'stdout' in error && 'stderr' in error && 'code' in error)) throw error;
        return {
          output: `${String(error.stdout)}${String(error.stderr)}`,
          exitCode: typeof error.code === 'number' ? error.code : -1,
        };
      }
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
