import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildXmlPlist } from '@vedette/formats/builders';
import {
  changesSomething,
  createPairing,
  describeIosPhone,
  hasRealImobiledevice,
  type IosDeviceOptions,
  type IosPhone,
  startIosDevice,
  useRealImobiledevice,
} from '@vedette/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPath } from '../analysis/check-path.ts';
import { run } from '../run.ts';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { collectIphone, type UsbOptions } from './collect-iphone.ts';

const installed = await hasRealImobiledevice();
if (!installed) console.warn('SKIPPED: an iPhone that idevicepair paired with; libimobiledevice-utils is missing');

const PHONE = describeIosPhone();
const pairing = createPairing(PHONE.udid);
const pairings = new Map([[PHONE.udid, pairing]]);

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'vedette-usb-'))));
afterEach(async () => await rm(folder, { recursive: true }));

async function plugged(over: Partial<IosPhone> = {}, options: Partial<IosDeviceOptions> = {}) {
  const device = await startIosDevice({ phones: [describeIosPhone(over)], pairings, ...options });
  return {
    device,
    async collect(said: Partial<UsbOptions> = {}) {
      const fake = createFakeTerminal({ isTTY: true, env: { USBMUXD_SOCKET_ADDRESS: device.address } });
      const phone = await collectIphone({ usb: true, ...said }, fake.terminal);
      return { ...phone, err: fake.stderr() };
    },
    [Symbol.asyncDispose]: async () => await device[Symbol.asyncDispose](),
  };
}

const JOB = { kind: 'check', version: '0', now: new Date().toISOString(), timeoutMs: 60_000, text: null } as const;

describe('an iPhone behind usbmuxd', { timeout: 30_000 }, () => {
  it('is collected with progress, kept, and judged by what it says', async () => {
    await using phone = await plugged();
    const save = join(folder, 'case');
    const { path, files, err } = await phone.collect({ save });
    expect(path).toBe(`usb:${PHONE.udid}`);
    expect(err).toContain(`${PHONE.udid}: what it is … 1 of 7`);
    expect(err).toContain(`${PHONE.udid} (Kim’s iPhone): crash reports … 7 of 7`);
    expect([...files.keys()].sort()).toEqual([
      'usb/crashes/Retired/Notes-2026-10-01-090000.ips.synced',
      'usb/crashes/Watch-2026-11-01-120000.ips',
      'usb/device-information.plist',
      'usb/index.json',
      'usb/installed-application-list.plist',
      'usb/profile-list.plist',
      'usb/provisioning-profile-list.plist',
    ]);
    for (const [name, bytes] of files) expect(new Uint8Array(await readFile(join(save, name)))).toEqual(bytes);
    expect((await stat(save)).mode & 0o777).toBe(0o700);
    expect((await stat(join(save, 'usb/answers/lockdown.plist'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(save, 'usb/answers/lockdown.plist'), 'utf8')).toContain('C7CZZ0000000');
    const licence = await readFile(join(save, 'usb/answers/provisioning-1.mobileprovision'));
    expect(licence.equals(PHONE.provisioningProfiles[0] ?? new Uint8Array())).toBe(true);

    const live = await checkPath({ ...JOB, path, files }, () => undefined);
    const kept = await checkPath({ ...JOB, path: save }, () => undefined);
    expect(kept.findings).toEqual(live.findings);
    expect(live.data).toMatchObject({
      input: { kind: 'ios-usb' },
      device: { platform: 'ios', model: 'iPhone', osVersion: '18.7.1', build: '22H20' },
    });
    const said = JSON.stringify(live.data);
    expect(said).toContain('device.artefact.process-elsewhere');
    expect(said).toContain('com.example.family-watch');
    expect(said).not.toContain('apple-mdm');
  });

  it('is asked to change nothing, and left with no connection open', async () => {
    await using phone = await plugged();
    await phone.collect();
    expect(phone.device.requests.filter(changesSomething)).toEqual([]);
    expect(phone.device.requests).not.toContain('mover');
    await expect.poll(() => phone.device.connections()).toBe(0);
  });

  it('is found by its UDID among several, and not guessed', async () => {
    const other = { ...describeIosPhone({ udid: 'c'.repeat(40), trust: 'stranger' as const }) };
    await using phone = await plugged({}, { phones: [PHONE, other] });
    await expect(phone.collect()).rejects.toThrow(
      `several iPhones are connected: ${PHONE.udid}, ${'c'.repeat(40)}; say which with --usb UDID`,
    );
    expect((await phone.collect({ usb: PHONE.udid })).path).toBe(`usb:${PHONE.udid}`);
    await expect(phone.collect({ usb: 'd'.repeat(40) })).rejects.toThrow(`no iPhone ${'d'.repeat(40)} is connected`);
    expect(phone.device.requests.filter((request) => request === 'mux ListDevices')).toHaveLength(3);
  });

  it.each([
    ['stranger', 'does not trust this computer yet; connect it, unlock it, run `idevicepair pair`, tap Trust'],
    ['forgotten', 'does not trust this computer any more; connect it, unlock it, run `idevicepair pair`'],
    ['locked', 'is locked; unlock it, leave it unlocked and try again'],
  ] as const)('that is a %s one is not let into, and it is said why', async (trust, message) => {
    await using phone = await plugged({ trust });
    await expect(phone.collect()).rejects.toThrow(message);
    expect(phone.device.requests.filter(changesSomething)).toEqual([]);
  });

  it.skipIf(!installed)('that the real idevicepair paired with is let in by its record', async () => {
    await using phone = await plugged({ trust: 'stranger' });
    await using tools = await useRealImobiledevice(phone.device.address);
    await expect(phone.collect()).rejects.toThrow('does not trust this computer yet');
    await tools.run('idevicepair', 'pair');
    expect((await tools.run('idevicepair', 'pair')).output).toContain('SUCCESS: Paired');
    const { files, err } = await phone.collect();
    expect(files.size).toBe(7);
    expect(err).not.toContain('another phone');
  });

  it('that shows another key than at its pairing is named', async () => {
    const { deviceCertificate, deviceKey } = createPairing(PHONE.udid);
    const changed = new Map([[PHONE.udid, { ...pairing, deviceCertificate, deviceKey }]]);
    await using phone = await plugged({}, { pairings: changed });
    const { err } = await phone.collect();
    expect(err.match(/it may be another phone/g)).toHaveLength(1);
  });

  it('that will not say some things is judged by the others', async () => {
    const save = join(folder, 'case');
    await using phone = await plugged(
      {},
      {
        instead: (request) => (request === 'apps Browse' ? { Error: 'APIInternalError' } : undefined),
      },
    );
    const { files, err } = await phone.collect({ save });
    expect(err).toContain('its answer to “apps” was refused (APIInternalError); what it tells is unknown');
    expect(files.has('usb/installed-application-list.plist')).toBe(false);
    const { data } = await checkPath({ ...JOB, path: 'usb', files }, () => undefined);
    const said = JSON.stringify(data);
    expect(said).toContain('The phone’s answer to “apps” was refused (APIInternalError); what it tells is unknown.');
    expect(data).toMatchObject({
      signals: expect.arrayContaining([expect.objectContaining({ id: 'apps.sideloaded', status: 'unknown' })]),
    });
  });

  it('says where apps came from where the store wrote it down', async () => {
    const app = { ApplicationType: 'User', SignerIdentity: 'Apple iPhone OS Application Signing' };
    const metadata = (sourceApp: string) => buildXmlPlist({ sourceApp, itemId: 1 });
    await using phone = await plugged({
      apps: [
        { CFBundleIdentifier: 'a', ...app, iTunesMetadata: metadata('com.apple.AppStore') },
        { CFBundleIdentifier: 'b', ...app, iTunesMetadata: metadata('com.example.market') },
        { CFBundleIdentifier: 'c', ...app },
      ],
    });
    const { files } = await phone.collect();
    const { data } = await checkPath({ ...JOB, path: 'usb', files }, () => undefined);
    expect(data).toMatchObject({
      apps: [
        { package: 'a', installer: 'com.apple.AppStore' },
        { package: 'b', installer: 'com.example.market' },
        { package: 'c', installer: 'com.apple.AppStore' },
      ],
    });
    expect(JSON.stringify(data)).toContain('device.artefact.ios-app-not-from-store');
  });

  it('that goes away is noticed', async () => {
    let gone = false;
    await using phone = await plugged(
      {},
      {
        instead(request) {
          if (request === 'profiles GetProfileList') gone = true;
          if (gone && request === 'mux ListDevices') return { DeviceList: [] };
          return request === 'profiles GetProfileList' ? 'hang-up' : undefined;
        },
      },
    );
    await expect(phone.collect()).rejects.toThrow(
      `iPhone ${PHONE.udid} went away at “profiles”; connect it and try again`,
    );
  });

  it('is reached over a socket in the file system, too', async () => {
    await using phone = await plugged({}, { path: join(folder, 'usbmuxd') });
    expect(phone.device.address).toBe(`UNIX:${join(folder, 'usbmuxd')}`);
    expect((await phone.collect()).files.size).toBe(7);
  });
});

describe('`vedette check --usb`', () => {
  async function vedette(address: string, ...args: string[]) {
    const fake = createFakeTerminal({ env: { HOME: folder, USBMUXD_SOCKET_ADDRESS: address } });
    const code = await run(args, fake.terminal);
    return { code, out: fake.stdout(), err: fake.stderr() };
  }

  it.each([
    [['--usb'], 3, 'no usbmuxd answers at 127.0.0.1:9; install it (Debian and Ubuntu: apt install usbmuxd'],
    [['--usb', 'x', 'backup'], 2, '--usb checks a connected phone and takes no paths'],
    [['--usb', '--adb'], 2, '--adb and --usb check one phone each'],
    [['--usb', '--apks'], 2, '--apks goes with --adb'],
    [['--usb', '--adb-server', '127.0.0.1:9'], 2, '--adb-server goes with --adb'],
    [['--save', 'x', 'y'], 2, '--save goes with --adb or --usb'],
    [[], 2, 'name what to check, or a connected phone by --adb or --usb'],
  ])('with %j says what is wrong', async (args, exitCode, message) => {
    const { code, out, err } = await vedette('127.0.0.1:9', 'check', ...args);
    expect([code, out]).toEqual([exitCode, '']);
    expect(err).toContain(message);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('says that a socket is missing, and that an address is none', async () => {
    const missing = await vedette(`UNIX:${folder}/none`, 'check', '--usb');
    expect([missing.code, missing.err]).toEqual([3, expect.stringContaining('no usbmuxd answers at')]);
    const none = await vedette('nowhere', 'check', '--usb');
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining('USBMUXD_SOCKET_ADDRESS “nowhere” is no address'),
    ]);
  });

  it('says that no phone is there', async () => {
    await using device = await startIosDevice({ phones: [] });
    const { code, err } = await vedette(device.address, 'check', '--usb');
    expect([code, err]).toEqual([3, expect.stringContaining('no iPhone is connected; plug one in by USB')]);
  });

  it('does not mix evidence with what is in the folder already', async () => {
    await writeFile(join(folder, 'other.txt'), '');
    const { code, err } = await vedette('127.0.0.1:9', 'check', '--usb', '--save', folder);
    expect([code, err]).toEqual([2, `vedette: the folder ${folder} is not empty; name a new one with --save\n`]);
  });
});
