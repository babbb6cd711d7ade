import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryContainer, binaryMarker, buildBinaryObjects } from '@vedette/formats/builders';
import {
  createPairing,
  describeIosPhone,
  type IosPhone,
  RawAnswer,
  type ServiceAnswer,
  startIosDevice,
} from '@vedette/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeTerminal } from '../testing/fake-terminal.ts';
import { openAfc } from './afc.ts';
import type { BytePipe } from './byte-pipe.ts';
import { collectIphone } from './collect-iphone.ts';
import { readCrashReports } from './crash-reports.ts';
import { browseApps } from './installed-apps.ts';
import { FIRST_QUESTION, IPHONE_QUESTIONS } from './iphone-questions.ts';
import { askProfiles, copyProvisioning } from './profiles.ts';
import { createUsbmux } from './usbmux.ts';

const PHONE = describeIosPhone();
const pairings = new Map([[PHONE.udid, createPairing(PHONE.udid)]]);
const QUESTIONS = [FIRST_QUESTION, ...IPHONE_QUESTIONS];

/** Collects from a phone that answers one request in its own way; questions that are `hurried` get little time. */
async function collect(
  request: string,
  answer: ServiceAnswer,
  { hurried = [], phone = {}, save }: { hurried?: readonly string[]; phone?: Partial<IosPhone>; save?: string } = {},
) {
  await using device = await startIosDevice({
    phones: [describeIosPhone(phone)],
    pairings,
    instead: (asked) => (asked === request ? answer : undefined),
  });
  const fake = createFakeTerminal({ env: { USBMUXD_SOCKET_ADDRESS: device.address } });
  const questions = QUESTIONS.map((one) => (hurried.includes(one.name) ? { ...one, timeoutMs: 1_500 } : one));
  const files = await collectIphone(
    { usb: true, ...(save === undefined ? {} : { save }) },
    fake.terminal,
    questions,
  ).then(
    (collected) => [...collected.files.keys()],
    (error: unknown) => String(error),
  );
  await expect.poll(() => device.connections()).toBe(0);
  return { files, err: fake.stderr() };
}

/** A text of a binary list, as an object. */
const text = (value: string): Uint8Array => Buffer.concat([binaryMarker(5, value.length), Buffer.from(value)]);

const HUGE = new RawAnswer(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3));
const BROKEN = new RawAnswer(Uint8Array.of(0, 0, 0, 3, 60, 61, 62));
/** A packet of the file service. */
const packet = (count: number, operation: number, body: Uint8Array, length = 40 + body.length): Uint8Array =>
  Buffer.concat([Buffer.from('CFA6LPAA'), ...[length, length, count, operation].map(u64), body]);
const HUGE_PACKET = new RawAnswer(packet(1, 2, new Uint8Array(), 2 ** 40));
const SHORT = new RawAnswer(Uint8Array.of(0, 0));

describe('an iPhone that says anything', { timeout: 30_000 }, () => {
  it.each([
    ['apps', 'apps Browse', 'endless', 'was too large: it lists more than 5000 apps, or has no end'],
    ['apps', 'apps Browse', HUGE, 'was too large: it announced 4294967295 bytes'],
    ['apps', 'apps Browse', BROKEN, 'was of no use: it is no property list'],
    ['apps', 'apps Browse', 'hang-up', 'was of no use: it broke off'],
    ['profiles', 'profiles GetProfileList', HUGE, 'was too large: it announced 4294967295 bytes'],
    ['provisioning profiles', 'misagent CopyAll', BROKEN, 'was of no use: it is no property list'],
    [
      'provisioning profiles',
      'lockdown StartService com.apple.misagent',
      { Port: 99_999 },
      'was of no use: it named no port',
    ],
    ['provisioning profiles', 'lockdown StartService com.apple.misagent', { Port: 5 }, 'did not come: usbmuxd at'],
    ['crash reports', 'afc read-dir ', HUGE_PACKET, 'was too large: it announced a packet of 1099511627736 bytes'],
    ['crash reports', 'afc read-dir ', 'hang-up', 'was of no use: it broke off'],
    ['backups', 'lockdown GetValue com.apple.mobile.backup', HUGE, 'was too large'],
  ] as const)(
    'leaves unknown what “%s” would tell when it answers %s with nonsense',
    async (name, request, answer, why) => {
      const { files, err } = await collect(request, answer);
      expect(err).toContain(`its answer to “${name}” ${why}`);
      expect(err).toContain('what it tells is unknown');
      expect(files).toContain('usb/index.json');
      if (name === 'apps') expect(files).not.toContain('usb/installed-application-list.plist');
    },
  );

  it.each([
    ['apps', 'apps Browse', 'silence'],
    ['apps', 'apps Browse', SHORT],
    ['profiles', 'lockdown StartService com.apple.mobile.MCInstall', 'silence'],
    ['crash reports', 'afc open Watch-2026-11-01-120000.ips', 'silence'],
  ] as const)('is not waited for without end at “%s”', async (name, request, answer) => {
    const { files, err } = await collect(request, answer, { hurried: [name, 'supervision'] });
    expect(err).toContain(`its answer to “${name}” did not come whole within 1.5 s`);
    expect(files).toContain('usb/index.json');
  });

  it('is not judged when it does not say what it is', async () => {
    expect((await collect('lockdown GetValue', HUGE)).files).toContain(
      'is connected, but its answer to “what it is” was too large',
    );
    expect((await collect('lockdown QueryType', { Type: 'x' })).files).toContain('it is no lockdownd');
    expect((await collect('lockdown StartSession', BROKEN)).files).toContain('is no property list');
    const silent = await collect('lockdown QueryType', 'silence', { hurried: ['what it is'] });
    expect(silent.files).toContain('did not come whole within 1.5 s');
  });

  it('has those crash reports read that it hands out before it falls silent or breaks the protocol', async () => {
    const first = 'usb/crashes/Watch-2026-11-01-120000.ips';
    const second = 'afc open Retired/Notes-2026-10-01-090000.ips.synced';
    for (const [answer, why] of [
      ['silence', 'did not come whole'],
      [HUGE_PACKET, 'was of no use'],
    ] as const) {
      const { files, err } = await collect(second, answer, { hurried: ['crash reports'] });
      expect(err).toContain(`its answer to “crash reports” ${why}`);
      expect(Array.isArray(files) ? files.filter((name) => name.includes('crashes')) : files).toEqual([first]);
    }
  });

  it('cannot fill the disk with lists whose parts are shared', async () => {
    // Each array holds the one before twice: a few hundred bytes that unfold into 2^40 texts.
    const objects = [binaryContainer(0xd, [1, 2, 3, 4]), text('Status'), text('ProfileMetadata'), text('Acknowledged')];
    objects.push(binaryContainer(0xd, [5, 6]), text('id'), binaryContainer(0xd, [7, 8]), text('PayloadDisplayName'));
    for (let at = 9; at < 49; at++) objects.push(binaryContainer(0xa, [at, at]));
    objects.push(text('x'));
    const list = buildBinaryObjects(objects);
    const framed = Buffer.concat([Uint8Array.of(0, 0, list.length >> 8, list.length & 255), list]);
    const save = join(await mkdtemp(join(tmpdir(), 'vedette-usb-')), 'case');
    const { files, err } = await collect('profiles GetProfileList', new RawAnswer(framed), { save });
    expect(files).toContain('usb/profile-list.plist');
    expect(err).toContain('its answer “profiles” is not among those that are kept: the list is too large');
    expect(await readdir(join(save, 'usb/answers'))).not.toContain('profiles.plist');
    await rm(join(save, '..'), { recursive: true });
  });

  it('cannot name files of ours', async () => {
    const report = (name: string) => [name, { bytes: new Uint8Array([123, 125]), modified: new Date(0) }] as const;
    const crashReports = new Map([report('..x/..%2f..\\e\u001b.ips'), report('a b.ips'), report('a?b.ips')]);
    const { files } = await collect('none', 'silence', { phone: { crashReports } });
    expect(Array.isArray(files) ? files.filter((name) => name.includes('crashes')).sort() : files).toEqual([
      'usb/crashes/2-a_b.ips',
      'usb/crashes/_x/_%2f.._e_.ips'.replace('%', '_'),
      'usb/crashes/a_b.ips',
    ]);
  });

  it('cannot steer the terminal by its name', async () => {
    const values = { ...PHONE.values, '': { ...PHONE.values[''], DeviceName: 'x\n\u001b[2Jy' } };
    const { err } = await collect('apps Browse', 'hang-up', { phone: { values } });
    expect(err).not.toContain('\u001b[2J');
  });

  it('is left when the person stops', async () => {
    await using device = await startIosDevice({
      phones: [PHONE],
      pairings,
      instead: (asked) => (asked === 'apps Browse' ? 'silence' : undefined),
    });
    const fake = createFakeTerminal({ env: { USBMUXD_SOCKET_ADDRESS: device.address } });
    const collecting = collectIphone({ usb: true }, fake.terminal).catch((error: unknown) => String(error));
    await expect.poll(() => device.requests.includes('apps Browse')).toBe(true);
    fake.stop();
    expect(await collecting).toContain('stopped');
    await expect.poll(() => device.connections()).toBe(0);
  });
});

describe('a usbmuxd that says anything', () => {
  it.each([
    [new RawAnswer(Uint8Array.from({ length: 64 }, (_, index) => index)), 'what answers there is no usbmuxd'],
    [
      new RawAnswer(Uint8Array.of(255, 255, 255, 255, 1, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0)),
      'announced 4294967279 bytes',
    ],
    ['hang-up', 'broke off'],
    ['silence', 'no answer in 0.3 s; restart it'],
  ] as const)('is named for it (%#)', async (answer, message) => {
    await using device = await startIosDevice({ phones: [], instead: () => answer });
    const [host = '', port = ''] = device.address.split(':');
    const usbmux = createUsbmux({ host, port: Number(port) }, new AbortController().signal, 300);
    await expect(usbmux.list()).rejects.toThrow(message);
    await expect.poll(() => device.connections()).toBe(0);
  });

  it('that lists nonsense lists no phone', async () => {
    const list = [{}, { DeviceID: 'x' }, { DeviceID: 1, Properties: {} }, { Properties: { SerialNumber: 'a' } }, 5];
    await using device = await startIosDevice({ phones: [], instead: () => ({ DeviceList: list }) });
    const [host = '', port = ''] = device.address.split(':');
    const usbmux = createUsbmux({ host, port: Number(port) }, new AbortController().signal);
    expect(await usbmux.list()).toEqual([]);
  });
});

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

/** A connection on which these bytes come, whatever is asked. */
function pipeSaying(said: Uint8Array): BytePipe {
  let at = 0;
  return {
    async read(length) {
      if (at + length > said.length) throw new Error('broke off');
      at += length;
      return said.slice(at - length, at);
    },
    write: async () => undefined,
    close: () => undefined,
    release() {
      throw new Error('no socket');
    },
  };
}

/** Packets of the file service, numbered as they are answered, more often than chance would have it. */
const packets = fc
  .array(
    fc.tuple(
      fc.constantFrom(1, 2, 14, 99),
      fc.oneof(
        fc.uint8Array({ maxLength: 90 }),
        fc.constant(new TextEncoder().encode('a.ips\0b\0st_ifmt\0S_IFREG\0')),
        fc.nat(9).map(u64),
      ),
    ),
    { maxLength: 12 },
  )
  .map((all) =>
    Buffer.concat(
      all.flatMap(([operation, body], index) => [
        Buffer.from('CFA6LPAA'),
        ...[40 + body.length, 40 + body.length, index + 1, operation].map(u64),
        body,
      ]),
    ),
  );
const frames = fc
  .array(
    fc.uint8Array({ maxLength: 60 }).map((body) => Buffer.concat([Uint8Array.of(0, 0, 0, body.length), body])),
    { maxLength: 8 },
  )
  .map((all) => Buffer.concat(all));
const bytes = fc.oneof(packets, frames, fc.uint8Array({ maxLength: 300 }));
const settled = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? 'failed' : 'broken'),
  );

describe('bytes of a phone', () => {
  it('end every question, with an answer or an error', async () => {
    const limits = { mostReports: 5, mostBytesEach: 100, mostBytes: 300, mostEntries: 20, isOver: () => false };
    await fc.assert(
      fc.asyncProperty(bytes, async (said) => {
        const pipe = () => pipeSaying(Uint8Array.from(said));
        for (const work of [
          browseApps(pipe(), 1_000),
          askProfiles(pipe(), 'GetProfileList', 1_000),
          copyProvisioning(pipe(), 1_000),
          readCrashReports(openAfc(pipe()), limits, { files: new Map(), notes: [] }),
          openAfc(pipe()).info('x'),
          openAfc(pipe()).read('x', 100),
        ])
          expect(['answered', 'failed']).toContain(await settled(work));
      }),
      { numRuns: 400 },
    );
  });

  it('of the file service that break its protocol end it: nothing is asked after them', async () => {
    const said = [packet(1, 14, u64(7)), packet(2, 2, new Uint8Array(), 2 ** 40)];
    const asked: Uint8Array[] = [];
    const pipe = {
      ...pipeSaying(Uint8Array.from(Buffer.concat(said))),
      write: async (one: Uint8Array) => void asked.push(one),
    };
    await expect(openAfc(pipe).read('x', 100)).rejects.toThrow('announced a packet of 1099511627736 bytes');
    expect(asked).toHaveLength(2);
  });

  it('of the file service never give more than was allowed', async () => {
    await fc.assert(
      fc.asyncProperty(packets, fc.nat(60), async (said, most) => {
        const read = await openAfc(pipeSaying(Uint8Array.from(said)))
          .read('x', most)
          .catch(() => null);
        expect(read?.length ?? 0).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });
});
