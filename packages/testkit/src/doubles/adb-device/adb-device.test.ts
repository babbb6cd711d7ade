import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAdbAnswers, describePhone } from '@vedette/forensics/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRealAdb, type RealAdb, startRealAdb } from './real-adb.ts';
import { type AdbDeviceOptions, startAdbDevice } from './start-adb-device.ts';

const installed = await hasRealAdb();
if (!installed) console.warn('adb is not installed: the tests of the double with the real adb are skipped.');

const answers = buildAdbAnswers(describePhone());
const recorded = (file: string): string => new TextDecoder().decode(answers.get(`adb/${file}`));
const pattern = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
const files = new Map([
  ['/data/app/~~a==/org.example-b==/base.apk', pattern],
  ['/data/app/~~a==/org.example-b==/split_de.apk', new Uint8Array()],
  ['/sdcard/Download/note.txt', new TextEncoder().encode('a note\n')],
]);

describe.skipIf(!installed)('the double of a phone, asked by the real adb', () => {
  let adb: RealAdb;
  beforeAll(async () => void (adb = await startRealAdb()));
  afterAll(async () => await adb[Symbol.asyncDispose]());

  async function connected(options: Partial<AdbDeviceOptions> = {}) {
    const device = await startAdbDevice({ answers, files, ...options });
    const serial = `127.0.0.1:${device.port}`;
    const { output } = await adb.run('connect', serial);
    return {
      device,
      output,
      run: async (...args: string[]) => await adb.run('-s', serial, ...args),
      state: async () => (await adb.run('devices')).output.split('\n').find((line) => line.startsWith(serial)) ?? '',
      async [Symbol.asyncDispose]() {
        await adb.run('disconnect', serial);
        await device[Symbol.asyncDispose]();
      },
    };
  }

  it('is connected to and described', async () => {
    await using phone = await connected();
    expect(phone.output).toContain('connected to');
    expect((await adb.run('devices', '-l')).output).toMatch(/device product:double model:Double device:double/);
  });

  it('answers commands with output, errors and exit code', async () => {
    await using phone = await connected();
    expect(await phone.run('shell', 'getprop')).toEqual({ output: recorded('getprop.txt'), exitCode: 0 });
    expect(await phone.run('shell', 'dumpsys package')).toEqual({
      output: recorded('dumpsys_package.txt'),
      exitCode: 0,
    });
    expect(await phone.run('shell', 'which -a su magisk ksud apd')).toEqual({ output: '', exitCode: 1 });
    expect(await phone.run('shell', 'nonsense now')).toEqual({
      output: '/system/bin/sh: nonsense: inaccessible or not found\n',
      exitCode: 127,
    });
    expect(phone.device.commands).toHaveLength(4);
  });

  it('answers the first shell protocol and exec as one stream', async () => {
    await using phone = await connected({ features: ['cmd'] });
    expect((await phone.run('shell', 'getprop')).output).toBe(recorded('getprop.txt'));
    expect((await phone.run('exec-out', 'mount')).output).toBe(recorded('mount.txt'));
  });

  it('hands out files and folders, and refuses to be written to', async () => {
    await using phone = await connected();
    const target = join(adb.folder, 'pulled');
    expect((await phone.run('pull', '/data/app', target)).output).toContain('2 files pulled');
    expect(new Uint8Array(await readFile(join(target, '~~a==/org.example-b==/base.apk')))).toEqual(pattern);
    expect((await phone.run('pull', '/sdcard/Download/note.txt', join(adb.folder, 'note'))).exitCode).toBe(0);
    expect(await readFile(join(adb.folder, 'note'), 'utf8')).toBe('a note\n');
    expect((await phone.run('pull', '/sdcard/nothing', adb.folder)).output).toContain('does not exist');
    const sent = await phone.run('push', join(adb.folder, 'note'), '/sdcard/note');
    expect(sent.exitCode).not.toBe(0);
    expect(sent.output).toContain('Read-only file system');
  });

  it('asks for a key, trusts it once it is allowed, and knows it again', async () => {
    await using phone = await connected({ authentication: 'allow' });
    expect((await phone.run('wait-for-device', 'shell', 'getenforce')).output).toBe('Enforcing\n');
    expect(phone.device.offered).toHaveLength(1);
    await adb.run('disconnect', `127.0.0.1:${phone.device.port}`);
    await adb.run('connect', `127.0.0.1:${phone.device.port}`);
    expect((await phone.run('wait-for-device', 'shell', 'getenforce')).output).toBe('Enforcing\n');
    expect(phone.device.offered).toHaveLength(1);
  });

  it('lets nobody in whom the person does not allow', async () => {
    await using phone = await connected({ authentication: 'ignore' });
    expect(phone.output).toContain('failed to authenticate');
    expect(await phone.state()).toContain('unauthorized');
    const { output, exitCode } = await phone.run('shell', 'getprop');
    expect([exitCode, output]).toEqual([1, expect.stringContaining('device unauthorized')]);
    expect(phone.device.commands).toEqual([]);
  });
});
