import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAdbAnswers, describePhone, ROOTED_WITH_MAGISK } from '@vedette/forensics/fixtures';
import { type AdbDeviceOptions, hasRealAdb, type RealAdb, startAdbDevice, startRealAdb } from '@vedette/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkPath } from '../analysis/check-path.ts';
import { run } from '../run.ts';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { collectLivePhone, type LiveOptions } from './collect-live-phone.ts';

const installed = await hasRealAdb();
if (!installed) console.warn('adb is not installed: the tests of live collection through its server are skipped.');

const answers = buildAdbAnswers(describePhone(ROOTED_WITH_MAGISK));
const APP = 'org.example.a';
const path = `/data/app/~~a==/${APP}-b==/base.apk`;
const apk = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) & 0xff);
const text = (line: string) => ({ output: new TextEncoder().encode(line), exitCode: 0 });
/** The recorded phone, with one app of a third party to pull. */
const withApp: Partial<AdbDeviceOptions> = {
  files: new Map([[path, apk]]),
  instead(command) {
    if (command === 'pm list packages -3') return text(`package:${APP}\n`);
    return command === `pm path ${APP}` ? text(`package:${path}\n`) : undefined;
  },
};

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vedette-live-'))));
afterEach(async () => await rm(folder, { recursive: true }));

async function collect(options: LiveOptions, env: Record<string, string> = {}) {
  const fake = createFakeTerminal({ isTTY: true, env: { HOME: folder, ...env } });
  const phone = await collectLivePhone(options, fake.terminal);
  return { ...phone, err: fake.stderr() };
}

async function vedette(...args: string[]) {
  const fake = createFakeTerminal({ env: { HOME: folder } });
  const code = await run(args, fake.terminal);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

describe.skipIf(!installed)('a phone behind the real adb server', () => {
  let adb: RealAdb;
  let server = '';
  beforeAll(async () => {
    adb = await startRealAdb();
    server = `127.0.0.1:${adb.port}`;
  });
  afterAll(async () => await adb[Symbol.asyncDispose]());

  async function plugged(options: Partial<AdbDeviceOptions> = {}) {
    const device = await startAdbDevice({ answers, ...withApp, ...options });
    const serial = `127.0.0.1:${device.port}`;
    await adb.run('connect', serial);
    return {
      serial,
      device,
      async [Symbol.asyncDispose]() {
        await adb.run('disconnect', serial);
        await device[Symbol.asyncDispose]();
      },
    };
  }

  it('is collected with progress, kept, and judged as rooted', async () => {
    await using phone = await plugged();
    const save = join(folder, 'case');
    const { files, err, ...one } = await collect({ adb: true, adbServer: server, save, apks: true });
    expect(one.path).toBe(`adb:${phone.serial}`);
    expect(err).toContain(`${phone.serial} (Double): getprop … 1 of `);
    expect(err).toContain(`1 APKs in ${save}/apks; appraise them with vedette scan`);
    for (const [name, bytes] of files) expect(new Uint8Array(await readFile(join(save, name)))).toEqual(bytes);
    expect((await stat(save)).mode & 0o777).toBe(0o700);
    expect((await stat(join(save, 'adb/getprop.txt'))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(save, 'apks', APP))).toEqual(['base.apk']);
    expect(new Uint8Array(await readFile(join(save, 'apks', APP, 'base.apk')))).toEqual(apk);

    const job = {
      kind: 'check',
      version: '0',
      now: '2026-11-23T08:00:00.000Z',
      timeoutMs: 60_000,
      text: null,
    } as const;
    const live = await checkPath({ ...job, path: one.path, files }, () => undefined);
    const kept = await checkPath({ ...job, path: save }, () => undefined);
    const said = (check: typeof live) =>
      check.findings?.map((finding) => JSON.stringify(finding.status + finding.severity));
    expect(said(live)).toEqual(said(kept));
    expect(live.findings?.some(({ status, severity }) => status === 'bad' && severity !== 'info')).toBe(true);
    expect(JSON.stringify(live.data)).toContain('/debug_ramdisk/magisk');
  });

  it('is found by its serial among several, and not guessed', async () => {
    await using one = await plugged();
    await using two = await plugged({ authentication: 'ignore' });
    await expect(collect({ adb: true, adbServer: server })).rejects.toThrow(
      /^several phones are connected: .*; say which with --adb SERIAL$/,
    );
    for (const { serial } of [one, two])
      await expect(collect({ adb: true, adbServer: server })).rejects.toThrow(serial);
    expect((await collect({ adb: one.serial, adbServer: server })).path).toBe(`adb:${one.serial}`);
    expect(
      (await collect({ adb: true, adbServer: server }, { ANDROID_SERIAL: one.serial })).files.size,
    ).toBeGreaterThan(15);
    expect((await collect({ adb: one.serial }, { ADB_SERVER_SOCKET: `tcp:${adb.port}` })).files.size).toBeGreaterThan(
      15,
    );
    await expect(collect({ adb: two.serial, adbServer: server })).rejects.toThrow(
      'has not allowed this computer; unlock it',
    );
    await expect(collect({ adb: 'R58', adbServer: server })).rejects.toThrow(
      'no phone R58 is connected to adb; connected are 127.0.0.1:',
    );
    expect(two.device.commands).toEqual([]);
  });

  it('that is asked for but not there, or gone, is said not to be there', async () => {
    await expect(collect({ adb: true, adbServer: server })).rejects.toThrow(
      'no phone is connected to adb; connect one by USB',
    );
    await using phone = await plugged();
    phone.device.disconnect();
    await phone.device[Symbol.asyncDispose]();
    const state = await collect({ adb: phone.serial, adbServer: server }).catch((error: unknown) => String(error));
    expect(state).toMatch(/is offline|no phone .* is connected|is still being connected|did not do what was asked/);
  });

  it('that goes away is noticed', async () => {
    await using phone = await plugged({
      instead(command) {
        if (command === 'getenforce') void phone.device[Symbol.asyncDispose]();
        return undefined;
      },
    });
    const failed = await collect({ adb: phone.serial, adbServer: server }).catch((error: unknown) => String(error));
    expect(failed).toContain('went away at');
  });
});

describe('a phone without a server', () => {
  it('is collected over TCP, and asks the person to look at it', async () => {
    await using device = await startAdbDevice({ answers, ...withApp, authentication: 'allow' });
    const { path: name, files, err } = await collect({ adb: `tcp:127.0.0.1:${device.port}` });
    expect(name).toBe(`adb:127.0.0.1:${device.port}`);
    expect(files.get('adb/getprop.txt')).toEqual(answers.get('adb/getprop.txt'));
    expect(err).toContain('unlock it and accept “Allow USB debugging?”');
  });

  it.each([
    [
      ['--adb', '--adb-server', '127.0.0.1:9'],
      3,
      'no adb server answers at 127.0.0.1:9; start one with `adb start-server`',
    ],
    [['--adb', 'tcp:127.0.0.1:9'], 3, 'no phone answers at 127.0.0.1:9 (ECONNREFUSED)'],
    [['--adb', 'tcp:nowhere'], 2, '“tcp:nowhere” is no address of a phone; give tcp:HOST:PORT'],
    [['--adb', 'tcp:127.0.0.1:9', '--adb-server', '127.0.0.1:9'], 2, 'leave out --adb-server'],
    [['--adb', '--adb-server', 'nowhere'], 2, '--adb-server “nowhere” is no address'],
    [['--adb', '--apks'], 2, '--apks needs a folder for them; add --save FOLDER'],
    [['--save', 'x', 'y'], 2, '--save goes with --adb'],
    [['--adb-server', '127.0.0.1:9', 'y'], 2, '--adb-server goes with --adb'],
    [['--adb', 'R58', 'bugreport.zip'], 2, 'takes no paths'],
    [[], 2, 'name what to check, or a connected phone by --adb'],
  ])('`vedette check` with %j says what is wrong', async (args, exitCode, message) => {
    const { code, out, err } = await vedette('check', ...args);
    expect([code, out]).toEqual([exitCode, '']);
    expect(err).toContain(message);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('does not mix evidence with what is in the folder already', async () => {
    await writeFile(join(folder, 'other.txt'), '');
    const { code, err } = await vedette('check', '--adb', 'tcp:127.0.0.1:9', '--save', folder);
    expect([code, err]).toEqual([2, `vedette: the folder ${folder} is not empty; name a new one with --save\n`]);
  });
});
