import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changesSomething, describeIosPhone, startIosDevice } from '@vedette/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from '../house.ts';

const BIN = fileURLToPath(new URL('../../bin/vedette.mjs', import.meta.url));
const built = isBuilt();
if (!built) console.warn('SKIPPED: collection over USB as a process; it is not built (npm run build)');

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vedette-usb-'))));
afterEach(async () => await rm(folder, { recursive: true }));

function vedette(address: string, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: folder, USBMUXD_SOCKET_ADDRESS: address };
    const child = execFile(process.execPath, [BIN, ...args], { env, maxBuffer: 2 ** 26 }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}

describe.skipIf(!built)('vedette check --usb as a process', { timeout: 60_000 }, () => {
  it('judges an iPhone, keeps what it said, judges that again, and ends', async () => {
    await using device = await startIosDevice({ phones: [describeIosPhone()] });
    const save = join(folder, 'case');
    const asked = ['check', '--usb', '--save', save, '--format', 'json', '--fail-on', 'high'];
    const { code, out, err } = await vedette(device.address, ...asked);
    expect([code, err]).toEqual([1, '']);
    const live: unknown = JSON.parse(out);
    expect(live).toMatchObject({ schema: 'vedette.check/1', input: { kind: 'ios-usb' }, device: { platform: 'ios' } });
    expect(out).toContain('com.example.family-watch');
    expect(device.requests.filter(changesSomething)).toEqual([]);
    expect(await readFile(join(save, 'usb', 'index.json'), 'utf8')).toContain('vedette.usb/1');
    const kept = await vedette('127.0.0.1:9', 'check', save);
    expect([kept.code, kept.err]).toEqual([0, '']);
    expect(kept.out).toContain('iOS 18.7.1');
  });

  it('says what to do when the phone does not trust the computer, and ends', async () => {
    await using device = await startIosDevice({ phones: [describeIosPhone({ trust: 'stranger' })] });
    const { code, out, err } = await vedette(device.address, 'check', '--usb');
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^vedette: iPhone \S+ does not trust this computer yet; .*idevicepair pair.*\n$/);
  });
});
