import { describe, expect, it } from 'vitest';
import type { AnalysisJob } from './job.ts';
import { runAnalysis } from './run-analysis.ts';

const JOB: AnalysisJob = {
  kind: 'scan',
  path: 'hostile.apk',
  version: '0',
  now: '2026-11-22T12:00:00.000Z',
  timeoutMs: 20_000,
  text: null,
};

/** A worker that does what a hostile file might make ours do. */
function worker(code: string): URL {
  const text = `import { parentPort } from 'node:worker_threads';\n${code}`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

const analyse = (code: string, over: { readonly timeoutMs?: number } = {}, signal = new AbortController().signal) =>
  runAnalysis({ ...JOB, ...over }, () => undefined, signal, worker(code));

describe('runAnalysis', { timeout: 60_000 }, () => {
  it('ends an analysis that never ends', async () => {
    await expect(analyse('for (;;) {}', { timeoutMs: 200 })).rejects.toMatchObject({
      exitCode: 3,
      message: 'hostile.apk took longer than 0.2 s; allow more with --timeout',
    });
  });

  it('survives an analysis that uses up its memory', async () => {
    await expect(
      analyse('const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length));'),
    ).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('hostile.apk needs more than 512 MB of memory'),
    });
  });

  it.each([
    ['throws', "throw new RangeError('out of bounds');", 'out of bounds (this is a defect of Vedette)'],
    ['exits', 'process.exit(7);', 'the analysis ended early (7)'],
    ['overflows the stack', 'const f = () => f() + 1; f();', 'Maximum call stack size exceeded'],
    ['says something else', "parentPort.postMessage({ kind: 'answer', json: {} });", 'a result that is not valid'],
    [
      'says why it failed',
      "parentPort.postMessage({ kind: 'failed', message: 'not an app', usage: false });",
      'not an app',
    ],
  ])('turns a worker that %s into one line and exit code 3', async (_what, code, line) => {
    await expect(analyse(code)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(line) });
  });

  it('stops when asked to', async () => {
    const stop = new AbortController();
    const ended = analyse('for (;;) {}', {}, stop.signal);
    stop.abort();
    await expect(ended).rejects.toMatchObject({ exitCode: 3, message: 'stopped' });
  });

  it('passes progress on and gives the result', async () => {
    const seen: string[] = [];
    const code = `
      parentPort.postMessage({ kind: 'progress', stage: 'reading', fraction: 0.5 });
      parentPort.postMessage({ kind: 'answer', json: '{}', text: '', worst: 'high', raw: null });`;
    const result = await runAnalysis(
      JOB,
      (stage, fraction) => seen.push(`${stage} ${fraction}`),
      new AbortController().signal,
      worker(code),
    );
    expect(result).toMatchObject({ json: '{}', worst: 'high' });
    expect(seen).toEqual(['reading 0.5']);
  });
});
