import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Appraisal, CheckResult, DeviceEvidence } from '@vedette/contracts';
import { buildZip } from '@vedette/formats/builders';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEvidenceFolder } from '../testing/evidence-folder.ts';
import { checkPath, collectEvidence } from './check-path.ts';
import type { AnalysisJob } from './job.ts';
import { readInput } from './read-input.ts';
import { scanFile } from './scan-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const nothing = (): void => undefined;
const job = (path: string, kind: 'scan' | 'check' | 'evidence' = 'scan'): AnalysisJob => ({
  kind,
  path,
  version: '0.1.0',
  now: '2026-11-22T12:00:00.000Z',
  timeoutMs: 60_000,
  text: { colour: false, width: 100 },
});

describe('readInput', () => {
  it.each([
    ['is missing', async () => join(folder, 'none.apk'), 'does not exist'],
    ['is a folder', async () => folder, 'is a folder; give a file'],
    ['is a device', async () => '/dev/zero', 'is not an ordinary file'],
    [
      'is a pipe nobody writes to',
      async () => {
        execFileSync('mkfifo', [join(folder, 'pipe.apk')]);
        return join(folder, 'pipe.apk');
      },
      'is not an ordinary file',
    ],
    [
      'is empty',
      async () => {
        await writeFile(join(folder, 'empty.apk'), '');
        return join(folder, 'empty.apk');
      },
      'is empty',
    ],
    [
      'is huge',
      async () => {
        await writeFile(join(folder, 'huge.apk'), '');
        await truncate(join(folder, 'huge.apk'), 513 * 1024 * 1024);
        return join(folder, 'huge.apk');
      },
      'is larger than 512 MB',
    ],
  ])('refuses a path that %s', async (_what, make, reason) => {
    const path = await make();
    expect(() => readInput(path)).toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringContaining(reason) }),
    );
  });
});

describe('scanFile', () => {
  it('says what a file is that is no app', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'hello');
    await expect(scanFile(job(path), nothing)).rejects.toThrow(
      expect.objectContaining({ exitCode: 3, message: expect.stringContaining(`${path}: `) }),
    );
  });

  it('appraises an app, as data and as text', async () => {
    const path = join(folder, 'app.apk');
    await writeFile(path, buildZip([{ name: 'classes.dex', data: new Uint8Array([0x64, 0x65, 0x78, 0x0a]) }]));
    const stages: string[] = [];
    const result = await scanFile(job(path), (stage) => stages.push(stage));
    const appraisal = Appraisal.parse(result.data);
    expect(appraisal).toMatchObject({ schema: 'vedette.appraisal/1', file: { name: 'app.apk' } });
    // An app of which hardly anything can be read is never called good.
    expect(appraisal.verdict).not.toBe('benign');
    expect(result.text).toContain('app.apk');
    expect(stages).toContain('rules');
  });
});

describe('checkPath', () => {
  it('judges a folder of ADB answers', async () => {
    await writeEvidenceFolder(folder);
    const result = await checkPath(job(folder, 'check'), nothing);
    const status = Object.fromEntries(
      CheckResult.parse(result.data).signals.map((signal) => [signal.id, signal.status]),
    );
    expect(status).toMatchObject({
      'developer.usb-debugging': 'bad',
      'os.patch-level': 'bad',
      'integrity.root': 'unknown',
    });
    expect(result.text).toContain('USB debugging');
  });

  it('hands the same evidence to the agent unjudged', async () => {
    await writeEvidenceFolder(folder, { adbEnabled: '0' });
    const result = collectEvidence(job(folder, 'evidence'), nothing);
    const evidence = DeviceEvidence.parse(result.data);
    expect(evidence.facts.model).toBe('Pixel 7');
    expect(evidence.observations.find(({ key }) => key === 'settings.global.adb_enabled')?.value).toBe('0');
  });

  it('says what a path is that holds no evidence', async () => {
    await writeFile(join(folder, 'notes.md'), 'hello');
    await expect(checkPath(job(folder, 'check'), nothing)).rejects.toThrow(expect.objectContaining({ exitCode: 3 }));
    await expect(checkPath(job(join(folder, 'notes.md'), 'check'), nothing)).rejects.toThrow(
      expect.objectContaining({ exitCode: 3 }),
    );
    await expect(checkPath(job(join(folder, 'none'), 'check'), nothing)).rejects.toThrow(/does not exist/);
  });
});
