import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectAnswers, PHONE_COMMANDS, type PhoneCommand } from '@vedette/adb';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import { buildAdbAnswers, describePhone, ROOTED_WITH_MAGISK } from '@vedette/forensics/fixtures';
import { type AdbDeviceOptions, startAdbDevice } from '@vedette/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DirectOptions, linkDirectly } from './direct-link.ts';
import { makeHostKey } from './host-keys.ts';
import { pullApps } from './pull-apps.ts';

const answers = buildAdbAnswers(describePhone(ROOTED_WITH_MAGISK));
const NOW = '2026-11-23T08:00:00.000Z';
const { signal } = new AbortController();
const collecting = { now: () => new Date(NOW), signal, onQuestion: () => undefined };
const apk = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 31) & 0xff);

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vedette-phone-'))));
afterEach(async () => await rm(folder, { recursive: true }));

async function linked(device: Partial<AdbDeviceOptions> = {}, options: Partial<DirectOptions> = {}) {
  const phone = await startAdbDevice({ answers, ...device });
  try {
    const link = await linkDirectly(phone, { env: { HOME: folder }, signal, onQuestion: () => undefined, ...options });
    return {
      phone,
      link,
      async [Symbol.asyncDispose]() {
        await link.close();
        await phone[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await phone[Symbol.asyncDispose]();
    throw error;
  }
}

describe('a phone over TCP without an adb server', () => {
  it('is asked everything, and is judged as by the same answers in files', async () => {
    await using one = await linked();
    const { files, incomplete, notes } = await collectAnswers(one.link, PHONE_COMMANDS, collecting);
    expect([[...incomplete], notes]).toEqual([[], []]);
    expect(one.link.model).toBe('Double');
    for (const [path, bytes] of answers) if (path !== 'adb/index.json') expect(files.get(path)).toEqual(bytes);
    const live = readDeviceEvidence(treeFromFiles(files), { now: NOW }).value;
    const recorded = readDeviceEvidence(treeFromFiles(answers), { now: NOW }).value;
    // The clock of the double stands still.
    const facts = (read: typeof live) =>
      read?.evidence.observations
        .filter(({ key }) => key !== 'clock.skew')
        .map(({ key, value }) => `${key}=${value}`)
        .sort();
    expect(live?.kind).toBe('adb');
    expect(live?.collectedAt).toBe(NOW);
    expect(facts(recorded)?.length).toBeGreaterThan(20);
    expect(facts(live)).toEqual(expect.arrayContaining(facts(recorded) ?? []));
    expect(live?.evidence.apps?.length).toBe(recorded?.evidence.apps?.length);
  });

  it('is asked otherwise where it does not understand', async () => {
    const only = 'pm list packages -f -i';
    await using one = await linked({
      instead: (command) => {
        const output = command === only ? 'package:/data/app/a.apk=org.example.a\n' : 'Error: Unknown option: -U\n';
        return command.startsWith('pm list packages -f')
          ? { output: new TextEncoder().encode(output), exitCode: 0 }
          : undefined;
      },
    });
    const asked = PHONE_COMMANDS.filter(({ command }) => command.startsWith('pm list packages -f'));
    const { files } = await collectAnswers(one.link, asked, collecting);
    expect([...files.keys()]).toEqual(['adb/pm_list_packages_f_i.txt', 'adb/index.json']);
    expect(one.phone.commands).toHaveLength(3);
  });

  it('that keeps silent or talks without end costs that answer and no other', async () => {
    const long = new Uint8Array(5_000_000).fill(0x61);
    await using one = await linked({
      instead: (command) => {
        if (command === 'mount') return 'silence';
        return command === 'ps -A' ? { output: long, exitCode: 0 } : undefined;
      },
    });
    const brief = (command: string): PhoneCommand => ({
      command,
      timeoutMs: command === 'mount' ? 200 : 20_000,
      maxBytes: 1024 * 1024,
    });
    const asked = ['getprop', 'mount', 'ps -A', 'getenforce', 'dumpsys package'].map(brief);
    const { files, incomplete, notes } = await collectAnswers(one.link, asked, collecting);
    expect([...files.keys()]).toEqual([
      'adb/getprop.txt',
      'adb/getenforce.txt',
      'adb/dumpsys_package.txt',
      'adb/index.json',
    ]);
    expect(files.get('adb/dumpsys_package.txt')).toEqual(answers.get('adb/dumpsys_package.txt'));
    expect([...incomplete].map(([path, bytes]) => [path, bytes.length])).toEqual([
      ['adb/mount.incomplete', 0],
      ['adb/ps_a.incomplete', 1024 * 1024],
    ]);
    expect(notes).toEqual([
      '`mount` gave no whole answer within 0.2 s; what it tells is unknown',
      '`ps -A` answered more than 1 MB; what it tells is unknown',
    ]);
    const index = JSON.parse(new TextDecoder().decode(files.get('adb/index.json')));
    expect(index.incomplete.map(({ command, why }: { command: string; why: string }) => [command, why])).toEqual([
      ['mount', 'time'],
      ['ps -A', 'size'],
    ]);
  });

  it('that goes away is said to have gone away', async () => {
    await using one = await linked({
      instead: (command) => {
        if (command === 'mount') one.phone.disconnect();
        return undefined;
      },
    });
    await expect(collectAnswers(one.link, PHONE_COMMANDS, collecting)).rejects.toThrow(
      /^phone 127\.0\.0\.1:\d+ went away at `mount`; connect it and try again$/,
    );
  });

  it('can be stopped in the middle of an answer', async () => {
    const stop = new AbortController();
    await using one = await linked({
      instead: (command) => {
        if (command !== 'mount') return undefined;
        stop.abort();
        return 'silence';
      },
    });
    await expect(collectAnswers(one.link, PHONE_COMMANDS, { ...collecting, signal: stop.signal })).rejects.toThrow(
      'stopped',
    );
  });

  it('is older than exit codes', async () => {
    await using one = await linked({ features: ['cmd'] });
    expect(one.link.hasExitCodes).toBe(false);
    const { files } = await collectAnswers(one.link, PHONE_COMMANDS.slice(0, 3), collecting);
    expect(files.get('adb/getprop.txt')).toEqual(answers.get('adb/getprop.txt'));
  });

  it('hands out the APKs of its apps, each with its hash, and nothing that is too large', async () => {
    const path = '/data/app/~~a==/org.example.a-b==';
    const listed = `package:${path}/base.apk\npackage:${path}/split_de.apk\npackage:${path}/gone.apk\n`;
    await using one = await linked({
      files: new Map([
        [`${path}/base.apk`, apk],
        [`${path}/split_de.apk`, apk.subarray(0, 300)],
      ]),
      instead: (command) =>
        command === 'pm path org.example.a' ? { output: new TextEncoder().encode(listed), exitCode: 0 } : undefined,
    });
    const bounds = { maxFileBytes: 250_000, maxTotalBytes: 250_000, fileTimeoutMs: 20_000 };
    const options = { folder, signal, bounds, onApp: () => undefined };
    const { apks, notes } = await pullApps(one.link, ['org.example.a', 'org.example.none'], options);
    const sha256 = createHash('sha256').update(apk).digest('hex');
    expect(apks.map(({ file, sizeBytes }) => [file, sizeBytes])).toEqual([
      ['apks/org.example.a/base.apk', 200_000],
      ['apks/org.example.a/split_de.apk', 300],
    ]);
    expect(apks[0]).toMatchObject({ package: 'org.example.a', sha256, pathOnPhone: `${path}/base.apk` });
    expect(new Uint8Array(await readFile(join(folder, 'apks/org.example.a/base.apk')))).toEqual(apk);
    expect(notes).toEqual([
      'org.example.a: gone.apk was not pulled (open failed: No such file or directory)',
      'org.example.none: the phone does not say where its APKs are',
    ]);
    expect(JSON.parse(await readFile(join(folder, 'apks/index.json'), 'utf8')).apks).toHaveLength(2);

    const second = join(folder, 'second');
    const small = { ...options, folder: second, bounds: { ...bounds, maxFileBytes: 1000 } };
    const refused = await pullApps(one.link, ['org.example.a'], small);
    expect(refused.apks.map(({ sizeBytes }) => sizeBytes)).toEqual([300]);
    expect(refused.notes[0]).toContain('base.apk was not pulled (it is larger than the 1000 bytes');
    expect(await readdir(join(second, 'apks/org.example.a'))).toEqual(['split_de.apk']);
  });
});

describe('signing in to a phone over TCP', () => {
  it('makes a key like adb, asks once, and is known by it afterwards', async () => {
    let questions = 0;
    const onQuestion = () => void (questions += 1);
    await using one = await linked({ authentication: 'allow' }, { onQuestion });
    expect([questions, one.phone.offered.length]).toEqual([1, 1]);
    const key = join(folder, '.android', 'adbkey');
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect(await readFile(`${key}.pub`, 'utf8')).toMatch(/^[A-Za-z0-9+/]{699}= \S+@\S+\n$/);
    const again = await linkDirectly(one.phone, { env: { HOME: folder }, signal, onQuestion });
    await again.close();
    expect([questions, one.phone.offered.length]).toEqual([1, 1]);
  });

  it('passes over a key that is none', async () => {
    await writeFile(join(folder, 'adbkey'), 'no key');
    const vendor = join(folder, 'adbkey');
    await using one = await linked({ authentication: 'allow' }, { env: { HOME: folder, ADB_VENDOR_KEYS: vendor } });
    expect(one.phone.offered).toHaveLength(1);
  });

  it('says that the phone has not allowed it', async () => {
    // Making a key takes its time; the wait is for the person alone.
    await makeHostKey({ HOME: folder });
    await expect(linked({ authentication: 'ignore' }, { allowMs: 3000 })).rejects.toThrow(
      /^phone 127\.0\.0\.1:\d+ has not allowed this computer; unlock it, accept “Allow USB debugging\?” and try again$/,
    );
  });

  it.each([
    ['a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'), 'does not speak ADB'],
    [
      'a phone that asks for TLS',
      Buffer.from('53544c5300000001000000000000000000000000acabb3ac', 'hex'),
      'it asks for TLS',
    ],
    ['a phone that hangs up', null, 'did not let this computer sign in'],
  ])('says of %s what it is', async (_name, says, message) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => (says === null ? socket.destroy() : void socket.write(says)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const options = { env: { HOME: folder }, signal, onQuestion: () => undefined };
    await expect(linkDirectly({ host: '127.0.0.1', port }, options)).rejects.toThrow(message);
    server.close();
    await once(server, 'close');
    await expect(linkDirectly({ host: '127.0.0.1', port }, options)).rejects.toThrow('no phone answers at');
  });
});
