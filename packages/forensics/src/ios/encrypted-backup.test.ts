import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { createNodeCiphers } from '@vedette/bytes/node';
import { buildBinaryPlist, PlistUid } from '@vedette/formats/builders';
import { createRealDatabase } from '@vedette/formats/testing';
import { describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { readDeviceEvidence } from '../read-device-evidence.ts';
import { buildWholeBackup } from '../testing/ios-backup.ts';

const now = '2026-11-22T18:00:00.000Z';

describe('an encrypted backup', () => {
  const PASSWORD = 'correct horse';
  const wrap = (key: Uint8Array, plain: Uint8Array): Buffer => {
    const cipher = createCipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  };
  const encrypt = (key: Uint8Array, plain: Uint8Array): Buffer => {
    const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16));
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  };
  const tag = (name: string, value: Uint8Array | number): Buffer => {
    const bytes =
      typeof value === 'number'
        ? Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff))
        : Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([Buffer.from(name), length, bytes]);
  };

  /** As iOS 10.2 and later make it: two rounds from the password to the key of keys, one key for each class of protection, one for each file. */
  async function encrypted(): Promise<Map<string, Uint8Array>> {
    const plain = await buildWholeBackup();
    const [salt, first, classKey, manifestKey] = [randomBytes(20), randomBytes(20), randomBytes(32), randomBytes(32)];
    const middle = pbkdf2Sync(PASSWORD, first, 500, 32, 'sha256');
    const key = pbkdf2Sync(middle, salt, 300, 32, 'sha1');
    const bag = Buffer.concat([
      tag('VERS', 4),
      tag('TYPE', 1),
      tag('UUID', randomBytes(16)),
      tag('SALT', salt),
      tag('ITER', 300),
      tag('DPSL', first),
      tag('DPIC', 500),
      tag('UUID', randomBytes(16)),
      tag('CLAS', 3),
      tag('WRAP', 2),
      tag('KTYP', 0),
      tag('WPKY', wrap(key, classKey)),
      tag('UUID', randomBytes(16)),
      tag('CLAS', 11),
      tag('WRAP', 1),
      tag('WPKY', randomBytes(40)),
    ]);
    const withClass = (wrapped: Buffer): Buffer => Buffer.concat([Buffer.from([3, 0, 0, 0]), wrapped]);
    const manifest = await createRealDatabase();
    manifest.run('create table Files (fileID text, domain text, relativePath text, flags integer, file blob)');
    const files = new Map<string, Uint8Array>([['Info.plist', plain.get('Info.plist') ?? new Uint8Array()]]);
    const sms = '3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28';
    const fileKey = randomBytes(32);
    const bytes = plain.get(sms) ?? new Uint8Array();
    files.set(sms, encrypt(fileKey, bytes));
    const about = buildArchive(bytes.length, withClass(wrap(classKey, fileKey)));
    manifest.run('insert into Files values (?, ?, ?, 1, ?)', [sms.slice(3), 'HomeDomain', 'Library/SMS/sms.db', about]);
    files.set('Manifest.db', encrypt(manifestKey, manifest.bytes()));
    files.set(
      'Manifest.plist',
      buildBinaryPlist({
        IsEncrypted: true,
        BackupKeyBag: Uint8Array.from(bag),
        ManifestKey: Uint8Array.from(withClass(wrap(classKey, manifestKey))),
      }),
    );
    return files;
  }
  const readWith = (files: ReadonlyMap<string, Uint8Array>, password: string) =>
    readDeviceEvidence(treeFromFiles(files), { now, password, ciphers: createNodeCiphers() });

  it('is read with its password', async () => {
    const { value, diagnostics } = readWith(await encrypted(), PASSWORD);
    expect(diagnostics).toEqual([]);
    expect(value?.records.map(({ text }) => text)).toContain('Received message: See https://w3.evil.test/x.');
    expect(JSON.stringify(value)).not.toContain(PASSWORD);
  });

  it('is not with another, and says so without naming it', async () => {
    const { value, diagnostics } = readWith(await encrypted(), 'wrong horse');
    expect(value?.evidence.facts.model).toBe('iPhone 14 Pro');
    expect(diagnostics).toContainEqual(expect.objectContaining({ id: 'ios-backup.wrong-password' }));
    expect(JSON.stringify(diagnostics)).not.toContain('horse');
  });

  it('whose keys ask for endless work is refused', async () => {
    const files = await encrypted();
    const endless = Buffer.concat([
      tag('UUID', randomBytes(16)),
      tag('SALT', randomBytes(20)),
      tag('ITER', 0xffff_ffff),
    ]);
    files.set(
      'Manifest.plist',
      buildBinaryPlist({ IsEncrypted: true, BackupKeyBag: Uint8Array.from(endless), ManifestKey: new Uint8Array(44) }),
    );
    expect(readWith(files, PASSWORD).diagnostics).toContainEqual(
      expect.objectContaining({ id: 'ios-backup.no-keybag' }),
    );
  });
});

/** What the list of files has of a file: an archived `MBFile`. */
function buildArchive(size: number, key: Uint8Array): Uint8Array {
  return buildBinaryPlist({
    $top: { root: new PlistUid(1) },
    $objects: [
      '$null',
      { Size: size, ProtectionClass: 3, EncryptionKey: new PlistUid(2) },
      { 'NS.data': Uint8Array.from(key) },
    ],
  });
}
