import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const repositoryRoot = join(import.meta.dirname ?? __dirname, '../..');
const vedette = join(repositoryRoot, 'apps/cli/bin/vedette.mjs');
const preload = join(repositoryRoot, 'e2e/support/peak-memory.mjs');

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly elapsedMs: number;
  /** Peak resident memory of the process, in bytes. */
  readonly peakMemoryBytes: number;
}

/**
 * Runs `vedette` as a user would, with its output piped.
 * @param limitMs the process is ended after this long and `exitCode` is null
 */
export function runVedette(
  args: readonly string[],
  limitMs = 60_000,
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'vedette-run-'));
  const memoryFile = join(scratch, 'peak');
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, vedette, ...args], {
      cwd: scratch,
      env: { ...process.env, ...env, PEAK_MEMORY_FILE: memoryFile, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      const peakMemoryBytes = existsSync(memoryFile) ? Number(readFileSync(memoryFile, 'utf8')) : Number.NaN;
      rmSync(scratch, { recursive: true, force: true });
      resolve({ exitCode, stdout, stderr, elapsedMs: performance.now() - started, peakMemoryBytes });
    });
  });
}
