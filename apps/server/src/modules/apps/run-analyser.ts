import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Appraisal } from '@vedette/contracts';
import { AnalyserMessage } from './analyser-message.ts';

export interface AnalysisRequest {
  /** The app; opened here, handed over open. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (stage: string, progress: number) => void;
}

/** What became of it. `rejected`: the file is no app. `failed`: the analyser ended without a result, for the reason given. */
export type AnalysisOutcome =
  | { readonly outcome: 'done'; readonly appraisal: Appraisal }
  | { readonly outcome: 'rejected' | 'failed' | 'aborted'; readonly reason: string };

export interface AnalysisLimits {
  readonly timeMs: number;
  readonly heapMiB: number;
  readonly outputBytes: number;
}

export const ANALYSIS_LIMITS: AnalysisLimits = { timeMs: 180_000, heapMiB: 2048, outputBytes: 64 * 1024 * 1024 };

const STDERR_KEPT = 4000;

/** The built analyser: Node cannot run TypeScript, so from the sources too it is the one in `dist`. */
const SERVER_FOLDER = fileURLToPath(new URL('../../..', import.meta.url));
const ANALYSER = join(SERVER_FOLDER, 'dist', 'modules', 'apps', 'analyser.js');
const HOUSE = dirname(dirname(join(SERVER_FOLDER, '.')));

/** Node 20 calls it experimental; from Node 24 on it is not. */
const PERMISSION_FLAG = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** How Node is started for it: may read code, and nothing else may be read, written or started. */
export function analyserArguments({ heapMiB }: AnalysisLimits): string[] {
  const readable = ['node_modules', 'packages', 'apps/server'].map((each) => join(HOUSE, each, '*'));
  return [
    PERMISSION_FLAG,
    ...[...readable, join(HOUSE, 'package.json')].map((each) => `--allow-fs-read=${each}`),
    `--max-old-space-size=${heapMiB}`,
    '--disable-proto=throw',
    '--no-warnings',
  ];
}

/**
 * Appraises one app in a process of its own. Its only input is the open file: it gets no environment, so no credentials, may read no other data and write nothing.
 * It is killed when it takes too long, says too much, or `signal` aborts.
 */
export async function runAnalyser(
  request: AnalysisRequest,
  limits: AnalysisLimits = ANALYSIS_LIMITS,
): Promise<AnalysisOutcome> {
  const file = openSync(request.path, 'r');
  let child: ChildProcess;
  try {
    const args = [...analyserArguments(limits), ANALYSER, request.name, request.version, request.now.toISOString()];
    child = spawn(process.execPath, args, { cwd: '/', env: {}, stdio: [file, 'pipe', 'pipe'] });
  } finally {
    closeSync(file);
  }
  return follow(child, request, limits);
}

async function follow(child: ChildProcess, request: AnalysisRequest, limits: AnalysisLimits): Promise<AnalysisOutcome> {
  let outcome: AnalysisOutcome | null = null;
  let complaint = '';
  const end = (ended: AnalysisOutcome) => {
    outcome ??= ended;
    child.kill('SIGKILL');
  };
  const onAbort = () => end({ outcome: 'aborted', reason: 'The server is stopping' });
  request.signal.addEventListener('abort', onAbort, { once: true });
  if (request.signal.aborted) onAbort();
  const timer = setTimeout(
    () =>
      end({ outcome: 'failed', reason: `The analysis took longer than ${limits.timeMs / 1000} seconds and was ended` }),
    limits.timeMs,
  );
  readLines(child, limits.outputBytes, (line) => {
    const message = line === null ? null : parseMessage(line);
    if (message === null) end({ outcome: 'failed', reason: 'The analysis gave an answer that cannot be read' });
    else if (message.type === 'progress') request.onProgress(message.stage, message.progress);
    else if (message.type === 'done') outcome ??= { outcome: 'done', appraisal: message.appraisal };
    else outcome ??= { outcome: 'rejected', reason: message.reason };
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(0, STDERR_KEPT);
  });
  const status = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  clearTimeout(timer);
  request.signal.removeEventListener('abort', onAbort);
  return outcome ?? { outcome: 'failed', reason: reasonOf(status, complaint, limits) };
}

/** Calls `onLine` with each line, and with null once the output has grown beyond the limit. */
function readLines(child: ChildProcess, mostBytes: number, onLine: (line: string | null) => void): void {
  let pieces: Buffer[] = [];
  let total = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > mostBytes) return onLine(null);
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      pieces.push(rest.subarray(0, end));
      onLine(Buffer.concat(pieces).toString('utf8'));
      pieces = [];
      rest = rest.subarray(end + 1);
    }
    pieces.push(rest);
  });
}

function parseMessage(line: string): AnalyserMessage | null {
  try {
    return AnalyserMessage.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** For a person: out of memory has its own words in V8's complaint. */
function reasonOf(status: string, complaint: string, { heapMiB }: AnalysisLimits): string {
  if (/heap out of memory|Array buffer allocation failed/i.test(complaint))
    return `The analysis needed more than ${heapMiB} MiB of memory and was ended`;
  const said = complaint.split('\n').find((line) => /error/i.test(line)) ?? '';
  return `The analysis ended without a result (${status})${said === '' ? '' : `: ${said.trim().slice(0, 300)}`}`;
}
