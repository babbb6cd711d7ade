import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { looksLikeReport, readReport } from './read-report.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vedette-report-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('readReport', () => {
  it.each([
    ['no JSON', 'PK', 'is no JSON'],
    ['an empty list', '[]', 'is an empty list'],
    ['something else', '{"schema":"vedette.check/1"}', 'is no appraisal: schema:'],
    ['a list with something else', '[7, 8]', 'is no appraisal: report 1'],
  ])('says in one line that it is %s', async (_what, content, reason) => {
    const path = join(folder, 'report.json');
    await writeFile(path, content);
    await expect(readReport(path)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(reason) });
  });
});

describe('looksLikeReport', () => {
  it.each([
    ['{"schema"', true],
    ['\n  [', true],
    ['\u00ef\u00bb\u00bf {', true],
    ['PK\u0003\u0004', false],
    ['dex\n035', false],
    ['', false],
  ])('%j: %s', (start, is) => {
    expect(looksLikeReport(Uint8Array.from(start, (character) => character.charCodeAt(0)))).toBe(is);
  });
});
