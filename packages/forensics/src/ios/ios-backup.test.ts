import { createCipheriv, createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { createNodeCiphers } from '@vedette/bytes/node';
import { buildBinaryPlist, buildXmlPlist, type PlistSpec, PlistUid } from '@vedette/formats/builders';
import { createRealDatabase } from '@vedette/formats/testing';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { treeFromFiles } from '../evidence-tree.ts';
import { type ReadEvidence, readDeviceEvidence } from '../read-device-evidence.ts';

/** Seconds since 2001, as Apple counts. */
const apple = (time: string): number => Date.parse(time) / 1000 - 978_307_200;

class Backup {
  readonly files = new Map<string, Uint8Array>();
  readonly #listed: (readonly [string, string, string])[] = [];

  put(domain: string, path: string, bytes: Uint8Array): this {
    const id = createHash('sha1').update(`${domain}-${path}`).digest('hex');
    this.files.set(`${id.slice(0, 2)}/${id}`, bytes);
    this.#listed.push([id, domain, path]);
    return this;
  }

  async database(
    domain: string,
    path: string,
    ...statements: readonly (string | readonly [string, ...unknown[]])[]
  ): Promise<this> {
    const db = await createRealDatabase();
    for (const statement of statements) {
      if (typeof statement === 'string') db.run(statement);
      else db.run(statement[0], statement.slice(1));
    }
    return this.put(domain, path, db.bytes());
  }

  plist(domain: string, path: string, value: PlistSpec): this {
    return this.put(domain, path, buildBinaryPlist(value));
  }

  async finish(info: PlistSpec, encrypted = false): Promise<Map<string, Uint8Array>> {
    const manifest = await createRealDatabase();
    manifest.run(
      'create table Files (fileID text primary key, domain text, relativePath text, flags integer, file blob)',
    );
    for (const [id, domain, path] of this.#listed)
      manifest.run('insert into Files values (?, ?, ?, 1, null)', [id, domain, path]);
    manifest.run("insert into Files values ('00', 'HomeDomain', 'a folder', 2, null)");
    return new Map([
      ...this.files,
      ['Info.plist', buildXmlPlist(info)],
      ['Manifest.plist', buildXmlPlist({ IsEncrypted: encrypted })],
      ['Manifest.db', encrypted ? new Uint8Array(4096).fill(7) : manifest.bytes()],
    ]);
  }
}

const now = '2026-11-22T18:00:00.000Z';
const metadata = (bundle: string, source: string) =>
  buildBinaryPlist({
    softwareVersionBundleId: bundle,
    sourceApp: source,
    bundleShortVersionString: '4.2',
    itemName: 'Shop',
  });
const INFO: PlistSpec = {
  'Product Version': '18.6',
  'Product Type': 'iPhone15,2',
  'Product Name': 'iPhone 14 Pro',
  'Build Version': '22G86',
  'Last Backup Date': new Date('2026-11-20T10:11:12Z'),
  'Installed Applications': ['com.example.shop', 'com.example.dev'],
  Applications: { 'com.example.shop': { iTunesMetadata: metadata('com.example.shop', 'com.apple.AppStore') } },
};

async function whole(): Promise<Map<string, Uint8Array>> {
  const backup = new Backup();
  await backup.database(
    'HomeDomain',
    'Library/SMS/sms.db',
    'create table message (ROWID integer primary key, text text, service text, date integer, is_from_me integer, attributedBody blob)',
    'create table attachment (ROWID integer primary key, filename text, created_date integer, is_outgoing integer, mime_type text)',
    [
      'insert into message values (1, ?, ?, ?, 0, null)',
      'See https://w3.evil.test/x.',
      'SMS',
      BigInt(apple('2026-11-03T08:00:00Z')) * 1_000_000_000n,
    ],
    [
      'insert into message values (2, null, ?, ?, 1, ?)',
      'iMessage',
      apple('2026-11-04T08:00:00Z'),
      archived('hidden words'),
    ],
    ['insert into attachment values (1, ?, ?, 0, ?)', '/var/tmp/x/f-1', apple('2026-11-03T08:00:05Z'), 'image/gif'],
  );
  await backup.database(
    'HomeDomain',
    'Library/Safari/History.db',
    'create table history_items (id integer primary key, url text)',
    'create table history_visits (id integer primary key, history_item integer, visit_time real, title text, redirect_destination integer)',
    "insert into history_items values (1, 'http://a.test/'), (2, 'https://b.test/x')",
    [
      'insert into history_visits values (1, 1, ?, null, 2), (2, 2, ?, ?, null)',
      apple('2026-11-03T08:00:10Z'),
      apple('2026-11-03T08:00:10Z') + 0.2,
      'B',
    ],
  );
  await backup.database(
    'HomeDomain',
    'Library/TCC/TCC.db',
    'create table access (service text, client text, auth_value integer, last_modified integer)',
    "insert into access values ('kTCCServiceMicrophone', 'com.example.spy', 2, 1793000000)",
  );
  await backup.database(
    'WirelessDomain',
    'Library/Databases/DataUsage.sqlite',
    'create table ZPROCESS (Z_PK integer primary key, ZFIRSTTIMESTAMP real, ZTIMESTAMP real, ZPROCNAME text, ZBUNDLENAME text)',
    'create table ZLIVEUSAGE (Z_PK integer primary key, ZHASPROCESS integer, ZTIMESTAMP real)',
    [
      "insert into ZPROCESS values (1, ?, ?, 'x/roleaccountd', null)",
      apple('2026-10-01T00:00:00Z'),
      apple('2026-11-19T00:00:00Z'),
    ],
    [
      'insert into ZLIVEUSAGE values (1, 1, ?), (2, 9, ?)',
      apple('2026-11-01T00:00:00Z'),
      apple('2026-11-04T00:00:00Z'),
    ],
  );
  await backup.database(
    'HomeDomain',
    'Library/Calendar/Calendar.sqlitedb',
    'create table Participant (ROWID integer primary key, email text)',
    'create table CalendarItem (ROWID integer primary key, summary text, description text, start_date real, organizer_id integer)',
    "insert into Participant values (3, 'bad@example.test')",
    ["insert into CalendarItem values (1, 'Meeting', 'Notes', ?, 3)", apple('2026-11-05T00:00:00Z')],
  );
  backup.plist(
    'SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles',
    'Library/ConfigurationProfiles/profile-1.stub',
    {
      PayloadDisplayName: 'Free VPN',
      PayloadUUID: 'AAAA',
      InstallDate: new Date('2026-11-02T09:00:00Z'),
      PayloadContent: [{ PayloadType: 'com.apple.vpn.managed', PayloadUUID: 'CCCC' }],
    },
  );
  backup.plist('HomeDomain', 'Library/Preferences/.GlobalPreferences.plist', { LDMGlobalEnabled: true });
  backup.plist('HomeDomain', 'Library/Preferences/com.apple.identityservices.idstatuscache.plist', {
    'com.apple.madrid': { 'mailto:bad@example.test': { LookupDate: apple('2026-11-01T00:00:00Z') } },
  });
  backup.put('AppDomain-com.example.shop', 'Library/WebKit/https_evil.test_0.localstorage', new Uint8Array(1));
  return backup.finish(INFO);
}

const read = (files: ReadonlyMap<string, Uint8Array>, onRecord?: () => boolean) =>
  readDeviceEvidence(treeFromFiles(files), { now, ...(onRecord === undefined ? {} : { onRecord }) });

describe('a backup of an iPhone', () => {
  let files: Map<string, Uint8Array>;
  let value: ReadEvidence;
  beforeAll(async () => {
    files = await whole();
    const found = read(files, () => true).value;
    if (found === null) throw new Error('nothing was read');
    value = found;
  });
  const of = (artefact: string) => value.records.filter((record) => record.artefact === artefact);

  it('names the phone and when it was backed up', () => {
    expect(value).toMatchObject({ kind: 'ios-backup', collectedAt: '2026-11-20T10:11:12.000Z' });
    expect(value.evidence.facts).toMatchObject({
      platform: 'ios',
      model: 'iPhone 14 Pro',
      osVersion: '18.6',
      build: '22G86',
    });
    const said = new Map(value.evidence.observations.map(({ key, value: text }) => [key, text]));
    expect(said.get('ios.version')).toBe('18.6');
    expect(said.get('ios.model')).toBe('iPhone15,2');
    expect(said.get('ios.lockdown-mode')).toBe('true');
  });

  it('lists apps with where they came from', () => {
    expect(
      value.evidence.apps.map(({ package: name, installer, versionName }) => [name, installer, versionName]),
    ).toEqual([
      ['com.example.dev', null, null],
      ['com.example.shop', 'com.apple.AppStore', '4.2'],
    ]);
    expect(value.evidence.appsComplete).toBe(true);
  });

  it.each([
    ['ios.sms', 'Received message: See https://w3.evil.test/x.', '2026-11-03T08:00:00.000Z'],
    ['ios.sms', 'Sent message: hidden words', '2026-11-04T08:00:00.000Z'],
    ['ios.sms-attachment', 'Attachment /var/tmp/x/f-1', '2026-11-03T08:00:05.000Z'],
    ['ios.safari-history', 'Visited http://a.test/, led on to https://b.test/x', '2026-11-03T08:00:10.000Z'],
    ['ios.tcc', 'Microphone was allowed: com.example.spy', '2026-10-26T07:33:20.000Z'],
    ['ios.data-usage', 'roleaccountd used the network', '2026-11-19T00:00:00.000Z'],
    [
      'ios.data-usage-orphan',
      'Use of the network by process number 9, which is in no list',
      '2026-11-04T00:00:00.000Z',
    ],
    ['ios.calendar', 'Calendar: Meeting', '2026-11-05T00:00:00.000Z'],
    ['ios.profile', 'Configuration profile Free VPN: com.apple.vpn.managed', '2026-11-02T09:00:00.000Z'],
    ['ios.id-status', 'com.apple.madrid asked about bad@example.test', '2026-11-01T00:00:00.000Z'],
  ])('has %s: %s', (artefact, text, at) => {
    expect(of(artefact).map((record) => [record.text, record.at])).toContainEqual([text, at]);
  });

  it('shows what an indicator could name, and where each stands', () => {
    const seen = new Set(
      value.records.flatMap(({ observables }) => observables.map(({ kind, value: text }) => `${kind} ${text}`)),
    );
    for (const one of [
      'url https://w3.evil.test/x',
      'url http://a.test/',
      'app com.example.spy',
      'process roleaccountd',
      'email bad@example.test',
      'profile CCCC',
      'domain evil.test',
      'path Library/SMS/sms.db',
    ])
      expect(seen).toContain(one);
    // The name of the file is that of every iPhone: SHA-1 of domain and path.
    expect(of('ios.sms')[0]?.rawRef).toBe(
      '3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28 (HomeDomain: Library/SMS/sms.db)!/message#1',
    );
  });

  it('is the same phone put back into its folders', () => {
    const sms = files.get('3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28') ?? new Uint8Array();
    const tree = read(
      new Map([
        ['dump/private/var/mobile/Library/SMS/sms.db', sms],
        [
          'dump/System/Library/CoreServices/SystemVersion.plist',
          buildXmlPlist({ ProductVersion: '18.6', ProductBuildVersion: '22G86' }),
        ],
      ]),
    ).value;
    expect(tree).toMatchObject({ kind: 'ios-files', evidence: { facts: { platform: 'ios', osVersion: '18.6' } } });
    expect(tree?.records.map(({ text }) => text)).toContain('Sent message: hidden words');
  });

  it('survives damage in every file, and says what it could not read (fuzz)', () => {
    const names = [...files.keys()];
    fc.assert(
      fc.property(
        fc.nat(names.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (which, changes, cut) => {
          const name = names[which] ?? '';
          const bytes = (files.get(name) ?? new Uint8Array()).slice();
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const damaged = new Map(files).set(name, cut ? bytes.subarray(0, bytes.length >> 1) : bytes);
          const { value: found, diagnostics } = read(damaged);
          expect(found !== null || diagnostics.length > 0).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a backup that cannot be read', () => {
  it('because it is encrypted still names the phone, and says what to do', async () => {
    const { value, diagnostics } = read(await new Backup().finish(INFO, true));
    expect(value?.evidence.facts.model).toBe('iPhone 14 Pro');
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        id: 'ios-backup.no-password',
        level: 'error',
        message: expect.stringContaining('--ask-password'),
      }),
    );
  });

  it('because files are missing says which', async () => {
    const files = await whole();
    files.delete('3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28');
    const { diagnostics } = read(files);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ id: 'ios.database', where: expect.stringContaining('Library/SMS/sms.db') }),
    );
  });
});

/** The part of an archived `NSAttributedString` that holds its text. */
function archived(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array([
    ...new TextEncoder().encode('streamtyped NSString'),
    1,
    0x94,
    0x84,
    1,
    0x2b,
    bytes.length,
    ...bytes,
    0x86,
  ]);
}

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
    const plain = await whole();
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
