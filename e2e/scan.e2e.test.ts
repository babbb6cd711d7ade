import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Appraisal } from '@vedette/contracts';
import { buildZipBomb } from '@vedette/formats/builders';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot, runVedette } from './support/command-line.ts';

const realApk = join(repositoryRoot, 'node_modules/io.appium.settings/apks/settings_apk-debug.apk');
const folder = mkdtempSync(join(tmpdir(), 'vedette-scan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LIMIT_MS = 15_000;
const LIMIT_BYTES = 512 * 1024 * 1024;

function write(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('vedette scan', () => {
  it('gives a verdict on a real app of nine DEX files', async () => {
    const { exitCode, stdout, stderr, peakMemoryBytes } = await runVedette(['scan', realApk]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/RISKY +Appium Settings/);
    expect(stdout).toContain('The app is a debug build');
    expect(stdout).not.toContain('\u001b[');
    expect(peakMemoryBytes).toBeLessThan(LIMIT_BYTES);
  });

  it('prints an appraisal that meets its published schema', async () => {
    const { exitCode, stdout } = await runVedette(['scan', realApk, '--format', 'json']);
    expect(exitCode).toBe(0);
    const appraisal = Appraisal.parse(JSON.parse(stdout));
    expect(appraisal.app.package).toBe('io.appium.settings');
    expect(appraisal.app.signers.length).toBeGreaterThan(0);
    expect(appraisal.coverage.counts['dexFiles']).toBe(9);
    for (const axis of [appraisal.score.malice, appraisal.score.dataRisk]) {
      const sum = axis.parts.reduce((total, part) => total + part.weight, 0);
      expect(axis.value).toBeCloseTo(Math.min(100, sum), 6);
    }
  });

  it('ends with 1 when something at or above --fail-on was found', async () => {
    expect((await runVedette(['scan', realApk, '--fail-on', 'high'])).exitCode).toBe(1);
    expect((await runVedette(['scan', realApk, '--fail-on', 'critical'])).exitCode).toBe(0);
  });

  it('ends with 2 on wrong usage', async () => {
    expect((await runVedette(['scan'])).exitCode).toBe(2);
    expect((await runVedette(['scan', realApk, '--format', 'papyrus'])).exitCode).toBe(2);
  });

  it.each([
    ['a text file', () => write('text.apk', 'This is not an app.\n'.repeat(100))],
    ['an empty file', () => write('empty.apk', '')],
    ['a missing file', () => join(folder, 'missing.apk')],
    ['a folder', () => folder],
  ])('says in one line why %s cannot be read, and ends with 3', async (_what, path) => {
    const { exitCode, stdout, stderr } = await runVedette(['scan', path()], LIMIT_MS);
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^vedette: /);
  });

  it.each([
    ['a truncated APK', () => write('truncated.apk', readFileSync(realApk).subarray(0, 1_000_000))],
    ['a ZIP bomb', () => write('bomb.apk', buildZipBomb({ sizeBytes: 2 ** 31 - 1 }))],
  ])('reads what it can of %s within bounds, and says what it could not', async (_what, path) => {
    const { exitCode, stdout, stderr, peakMemoryBytes } = await runVedette(
      ['scan', path(), '--format', 'json'],
      LIMIT_MS,
    );
    expect([0, 3], stderr).toContain(exitCode);
    expect(peakMemoryBytes).toBeLessThan(LIMIT_BYTES);
    if (exitCode === 0) {
      const appraisal = Appraisal.parse(JSON.parse(stdout));
      expect(appraisal.diagnostics.length).toBeGreaterThan(0);
      expect(appraisal.verdict).not.toBe('benign');
    }
  });
});
