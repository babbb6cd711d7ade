import { execFileSync } from 'node:child_process';
import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createNodeCiphers, createNodeHost } from '@vedette/bytes/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { buildAndroidqf, describePhone } from '../fixtures/index.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';

const now = '2026-11-22T18:00:00.000Z';
const SMS = [
  { address: '+49', body: 'See https://w3.evil.test/x.', date: '1793000000000', type: '1' },
  { address: '+49', body: 'fine', date: '1793000001000', type: '2' },
];
const MMS = [{ mms_body: 'a picture of https://b.test/y', date: 1_793_000_002, msg_box: '1' }];
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'apps/com.android.providers.telephony/_manifest': '1\ncom.android.providers.telephony\n36\n36\n\n0\n1\nabcd\n',
  'apps/com.android.providers.telephony/d_f/000000_sms_backup': deflateSync(JSON.stringify(SMS)),
  'apps/com.android.providers.telephony/d_f/000000_mms_backup': deflateSync(JSON.stringify(MMS)),
  'apps/com.example.app/_manifest': '1\ncom.example.app\n7\n36\ncom.android.vending\n1\n1\nabcd\n',
  'shared/0/Download/payload.apk': 'PK',
};

function tar(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-ab-'));
  try {
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    execFileSync('tar', ['--format=pax', '-cf', 'out.tar', 'apps', 'shared'], { cwd: folder });
    return readFileSync(join(folder, 'out.tar'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const plain = (version: number, packed: boolean): Buffer =>
  Buffer.concat([
    Buffer.from(`ANDROID BACKUP\n${version}\n${packed ? 1 : 0}\nnone\n`),
    packed ? deflateSync(tar()) : tar(),
  ]);

/** As Android writes it: the password opens a blob with the key of the rest. */
function encrypted(password: string): Buffer {
  const [salt, check, iv, masterIv, master] = [
    randomBytes(64),
    randomBytes(64),
    randomBytes(16),
    randomBytes(16),
    randomBytes(32),
  ];
  const user = pbkdf2Sync(password, salt, 1_000, 32, 'sha1');
  const seal = (key: Uint8Array, first: Uint8Array, bytes: Uint8Array): Buffer => {
    const cipher = createCipheriv('aes-256-cbc', key, first);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  };
  const part = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const blob = seal(user, iv, Buffer.concat([part(masterIv), part(master), part(randomBytes(32))]));
  const lines = [
    'ANDROID BACKUP',
    '5',
    '1',
    'AES-256',
    salt.toString('hex'),
    check.toString('hex'),
    '1000',
    iv.toString('hex'),
    blob.toString('hex'),
  ];
  return Buffer.concat([
    Buffer.from(`${lines.join('\n').toUpperCase()}\n`),
    seal(master, masterIv, deflateSync(tar())),
  ]);
}

const read = (files: Readonly<Record<string, Uint8Array>>, password?: string) =>
  readDeviceEvidence(treeFromFiles(new Map(Object.entries(files))), {
    now,
    host: createNodeHost(),
    ciphers: createNodeCiphers(),
    onRecord: () => true,
    ...(password === undefined ? {} : { password }),
  });
const WANTED = [
  'Received message: See https://w3.evil.test/x.',
  'Sent message: fine',
  'Received message: a picture of https://b.test/y',
];

describe('a backup of adb', () => {
  it.each([
    ['version 1, packed', () => plain(1, true)],
    ['version 5, not packed', () => plain(5, false)],
    ['with a password', () => encrypted('correct horse')],
  ])('%s gives messages, apps and paths', (_what, build) => {
    const { value, diagnostics } = read({ 'backup.ab': build() }, 'correct horse');
    expect(value?.kind).toBe('android-backup');
    expect(diagnostics.map(({ id }) => id)).toEqual(['evidence.undated']);
    expect(value?.records.map(({ text }) => text)).toEqual(
      expect.arrayContaining([...WANTED, 'File shared/0/Download/payload.apk']),
    );
    expect(value?.records.find(({ text }) => text === WANTED[0])).toMatchObject({
      at: '2026-10-26T07:33:20.000Z',
      rawRef: 'backup.ab!/apps/com.android.providers.telephony/d_f/000000_sms_backup:1',
      observables: [{ kind: 'url', value: 'https://w3.evil.test/x' }],
    });
    expect(value?.evidence.apps.map((app) => [app.package, app.versionCode, app.installer])).toEqual([
      ['com.android.providers.telephony', 36, null],
      ['com.example.app', 7, 'com.android.vending'],
    ]);
    expect(value?.evidence.appsComplete).toBe(false);
  });

  it('is read inside a bundle of androidqf, too', () => {
    const bundle = [...buildAndroidqf(describePhone())];
    const folder = bundle[0]?.[0].replace(/[^/]*$/, '') ?? '';
    const { value } = read({ ...Object.fromEntries(bundle), [`${folder}backup.ab`]: plain(5, true) });
    expect(value?.kind).toBe('androidqf');
    expect(value?.records.map(({ text }) => text)).toEqual(expect.arrayContaining(WANTED));
  });

  it('says why it cannot be opened', () => {
    const idsOf = (bytes: Uint8Array, password?: string) =>
      read({ 'backup.ab': bytes }, password).diagnostics.map(({ id }) => id);
    expect(idsOf(encrypted('a'))).toContain('android-backup.no-password');
    expect(idsOf(encrypted('a'), 'b')).toContain('android-backup.wrong-password');
    expect(idsOf(Buffer.from('ANDROID BACKUP\n9\n1\nnone\n'))).toContain('android-backup.damaged');
    expect(idsOf(Buffer.from('ANDROID BACKUP\n5\n1\nAES-256\nzz\n'), 'a')).toContain('android-backup.damaged');
  });

  it('survives damage (fuzz)', () => {
    const whole = plain(5, true);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 10 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = Uint8Array.from(whole.subarray(0, length % 2 === 0 ? whole.length : length));
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          const { value, diagnostics } = read({ 'backup.ab': bytes });
          expect(value !== null || diagnostics.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
