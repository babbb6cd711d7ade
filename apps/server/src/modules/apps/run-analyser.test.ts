import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApk } from '@vedette/formats/builders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANALYSIS_LIMITS, analyserArguments, runAnalyser } from './run-analyser.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-analyser-'));
  path = join(folder, 'app.apk');
  writeFileSync(path, buildApk());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (limits: Partial<typeof ANALYSIS_LIMITS> = {}, signal = new AbortController().signal, file = path) => {
  const progress: number[] = [];
  const outcome = runAnalyser(
    {
      path: file,
      name: 'app.apk',
      version: '1',
      now: new Date(0),
      signal,
      onProgress: (_, value) => progress.push(value),
    },
    { ...ANALYSIS_LIMITS, ...limits },
  );
  return { outcome, progress };
};

describe('the analyser', () => {
  it('appraises what it is handed, and says how far it is', async () => {
    const { outcome, progress } = run();
    expect(await outcome).toMatchObject({
      outcome: 'done',
      appraisal: { file: { name: 'app.apk' }, engine: { version: '1' } },
    });
    expect(progress.length).toBeGreaterThan(2);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
  });

  it('is ended when it takes too long', async () => {
    expect(await run({ timeMs: 1 }).outcome).toEqual({
      outcome: 'failed',
      reason: 'The analysis took longer than 0.001 seconds and was ended',
    });
  });

  it('is ended when it says too much', async () => {
    expect(await run({ outputBytes: 100 }).outcome).toMatchObject({ outcome: 'failed' });
  });

  it('is ended when it needs too much memory, and that is what is said', async () => {
    expect(await run({ heapMiB: 4 }).outcome).toEqual({
      outcome: 'failed',
      reason: 'The analysis needed more than 4 MiB of memory and was ended',
    });
  });

  it('is ended when the server stops', async () => {
    const stop = new AbortController();
    const { outcome } = run({}, stop.signal);
    stop.abort();
    expect(await outcome).toMatchObject({ outcome: 'aborted' });
  });

  it('gives the reason when the file is no app', async () => {
    const text = join(folder, 'text');
    writeFileSync(text, 'no app');
    expect(await run({}, undefined, text).outcome).toMatchObject({ outcome: 'rejected' });
  });

  it.each([
    ['read other files', `require('node:fs').readFileSync('/etc/hostname')`],
    ['read what lies beside the app', `require('node:fs').readFileSync(process.argv[1])`],
    ['write', `require('node:fs').writeFileSync('/tmp/vedette-written', 'x')`],
    ['start a program', `require('node:child_process').execFileSync('true')`],
    ['start a thread', `new (require('node:worker_threads').Worker)('1', { eval: true })`],
  ])('may not %s', (_, code) => {
    const { status, stderr } = spawnSync(process.execPath, [...analyserArguments(ANALYSIS_LIMITS), '-e', code, path], {
      encoding: 'utf8',
      env: {},
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('ERR_ACCESS_DENIED');
  });
});
