import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAdbAnswers, describePhone, ROOTED_WITH_MAGISK } from '@vedette/forensics/fixtures';
import { hasRealAdb, startAdbDevice, startRealAdb } from '@vedette/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from '../house.ts';

const BIN = fileURLToPath(new URL('../../bin/vedette.mjs', import.meta.url));
const built = isBuilt();
const installed = await hasRealAdb();
if (!built) console.warn('SKIPPED: live collection as a process; it is not built (npm run build)');
if (!installed) console.warn('SKIPPED: live collection as a process through an adb server; adb is not installed');

const answers = buildAdbAnswers(describePhone(ROOTED_WITH_MAGISK));

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vedette-live-'))));
afterEach(async () => await rm(folder, { recursive: true }));

function vedette(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: folder };
    const child = execFile(process.execPath, [BIN, ...args], { env, maxBuffer: 2 ** 26 }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}

describe.skipIf(!built)('vedette check --adb as a process', { timeout: 60_000 }, () => {
  it('judges a phone over TCP, and ends', async () => {
    await using device = await startAdbDevice({ answers });
    const save = join(folder, 'case');
    const args = ['--adb', `tcp:127.0.0.1:${device.port}`, '--save', save, '--format', 'json', '--fail-on', 'high'];
    const { code, out, err } = await vedette('check', ...args);
    expect([code, err]).toEqual([1, '']);
    const live: unknown = JSON.parse(out);
    expect(live).toMatchObject({ schema: 'vedette.check/1' });
    expect(out).toContain('/debug_ramdisk/magisk');
    expect(await readFile(join(save, 'adb', 'getenforce.txt'), 'utf8')).toBe('Enforcing\n');
    const kept = await vedette('check', save, '--format', 'html', '--output', join(folder, 'phone.html'));
    expect(kept).toEqual({ code: 0, out: '', err: '' });
  });

  it.skipIf(!installed)('judges a phone behind the real adb server, and ends', async () => {
    await using adb = await startRealAdb();
    await using device = await startAdbDevice({ answers });
    const serial = `127.0.0.1:${device.port}`;
    await adb.run('connect', serial);
    const { code, out, err } = await vedette('check', '--adb', serial, '--adb-server', `127.0.0.1:${adb.port}`);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Pixel 9');
    expect(device.commands).toContain('dumpsys package');
  });
});
