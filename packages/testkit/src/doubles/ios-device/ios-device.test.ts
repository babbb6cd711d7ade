import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeIosPhone, type IosPhone } from './ios-phone.ts';
import { changesSomething } from './phone-services.ts';
import { hasRealImobiledevice, useRealImobiledevice } from './real-imobiledevice.ts';
import { startIosDevice } from './start-ios-device.ts';

const installed = await hasRealImobiledevice();
if (!installed)
  console.warn(
    'SKIPPED: the double of an iPhone and real tools; libimobiledevice-utils or ideviceinstaller is missing',
  );

async function plugged(...over: readonly Partial<IosPhone>[]) {
  const phones = (over.length === 0 ? [{}] : over).map((one) => describeIosPhone(one));
  const device = await startIosDevice({ phones });
  const tools = await useRealImobiledevice(device.address);
  return {
    udid: phones[0]?.udid ?? '',
    phone: phones[0] ?? describeIosPhone(),
    folder: tools.folder,
    requests: device.requests,
    run: tools.run,
    async [Symbol.asyncDispose]() {
      await tools[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(!installed)('the double of an iPhone, asked by libimobiledevice', { timeout: 30_000 }, () => {
  it('is listed, alone and among others', async () => {
    await using one = await plugged();
    expect(await one.run('idevice_id', '-l')).toEqual({ output: `${one.udid}\n`, exitCode: 0 });
    await using two = await plugged({ udid: 'a'.repeat(40) }, { udid: 'b'.repeat(40), trust: 'stranger' });
    expect((await two.run('idevice_id', '-l')).output).toBe(`${'a'.repeat(40)}\n${'b'.repeat(40)}\n`);
  });

  it('listens on a socket in the file system, as usbmuxd does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vedette-usbmuxd-'));
    try {
      const phone = describeIosPhone();
      await using device = await startIosDevice({ phones: [phone], path: join(folder, 'usbmuxd') });
      await using tools = await useRealImobiledevice(device.address);
      expect((await tools.run('idevice_id', '-l')).output).toBe(`${phone.udid}\n`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tells strangers a little and the paired computer more', async () => {
    await using phone = await plugged();
    const little = await phone.run('ideviceinfo', '-s');
    expect(little).toEqual({ output: expect.stringContaining('ProductVersion: 18.7.1\n'), exitCode: 0 });
    expect(little.output).not.toContain('SerialNumber');
    const all = await phone.run('ideviceinfo');
    expect(all).toEqual({ output: expect.stringContaining('DeviceName: Kim’s iPhone\n'), exitCode: 0 });
    expect(all.output).toContain('SerialNumber: C7CZZ0000000\n');
    expect((await phone.run('ideviceinfo', '-k', 'BuildVersion')).output).toBe('22H20\n');
    expect((await phone.run('ideviceinfo', '-q', 'com.apple.mobile.battery')).output).toBe(
      'BatteryCurrentCapacity: 81\nBatteryIsCharging: true\n',
    );
    const asked = phone.requests.filter((request) => request.startsWith('lockdown StartSession'));
    expect(asked.length).toBeGreaterThanOrEqual(3);
  });

  it('lists apps in pieces', async () => {
    await using phone = await plugged();
    expect(await phone.run('ideviceinstaller', '-l')).toEqual({
      output: [
        'CFBundleIdentifier, CFBundleVersion, CFBundleDisplayName',
        'com.example.notes, "310", "Notes & More"',
        'com.example.family-watch, "1", "System Service"',
        'com.example.try-out, "9", "Try out"',
        '',
      ].join('\n'),
      exitCode: 0,
    });
  });

  it('lists provisioning profiles', async () => {
    await using phone = await plugged();
    const { output, exitCode } = await phone.run('ideviceprovision', 'list');
    expect([exitCode, output]).toEqual([0, expect.stringContaining('Device has 1 provisioning profile installed:')]);
    expect(output).toContain('01234567-89AB-CDEF-0123-456789ABCDEF - Sample profile');
  });

  it('hands out crash reports, byte for byte', async () => {
    await using phone = await plugged();
    const { output, exitCode } = await phone.run('idevicecrashreport', '-k', phone.folder);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/Done\.\n$/)]);
    const name = 'Watch-2026-11-01-120000.ips';
    expect((await readdir(phone.folder)).sort()).toEqual(['DiagnosticLogs', 'Retired', name]);
    const kept = new Uint8Array(await readFile(join(phone.folder, name)));
    expect(kept).toEqual(phone.phone.crashReports.get(name)?.bytes);
    // What has more than a megabyte comes in several pieces.
    const large = Uint8Array.from({ length: 2_500_000 }, (_, index) => (index * 7) & 0xff);
    await using other = await plugged({ crashReports: new Map([['a.ips', { bytes: large, modified: new Date(0) }]]) });
    await other.run('idevicecrashreport', '-k', other.folder);
    expect((await readFile(join(other.folder, 'a.ips'))).equals(large)).toBe(true);
  });

  it('does not let its crash reports be removed', async () => {
    await using phone = await plugged();
    await phone.run('idevicecrashreport', phone.folder);
    expect(phone.requests.filter(changesSomething)).toContain('afc operation 8');
    expect((await phone.run('idevicecrashreport', '-k', phone.folder)).output).toContain('Watch-2026-11-01-120000.ips');
  });

  it('tells of its battery', async () => {
    await using phone = await plugged();
    const { output, exitCode } = await phone.run('idevicediagnostics', 'ioregentry', 'IOPMPowerSource');
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/CurrentCapacity<\/key>\s*<integer>81</)]);
  });

  it('is paired with, and trusts from then on', async () => {
    await using phone = await plugged({ trust: 'stranger' });
    expect((await phone.run('idevicepair', 'validate')).exitCode).not.toBe(0);
    await phone.run('idevicepair', 'pair');
    expect(await phone.run('idevicepair', 'pair')).toEqual({
      output: `SUCCESS: Paired with device ${phone.udid}\n`,
      exitCode: 0,
    });
    expect((await phone.run('idevicepair', 'validate')).output).toContain('SUCCESS: Validated pairing');
    expect((await phone.run('ideviceinfo', '-k', 'SerialNumber')).output).toBe('C7CZZ0000000\n');
  });

  it('knows its computer, and does not let in who is none', async () => {
    await using friend = await plugged();
    expect((await friend.run('idevicepair', 'validate')).output).toContain('SUCCESS: Validated pairing');
    await using stranger = await plugged({ trust: 'stranger' });
    expect((await stranger.run('ideviceinstaller', '-l')).output).toMatch(/Could not connect to lockdownd|trust/i);
    await using forgotten = await plugged({ trust: 'forgotten' });
    expect((await forgotten.run('idevicepair', 'validate')).exitCode).not.toBe(0);
    await using locked = await plugged({ trust: 'locked' });
    expect((await locked.run('idevicepair', 'validate')).output).toContain('passcode');
  });
});
