import { createHash } from 'node:crypto';
import { buildBinaryPlist, buildXmlPlist, type PlistSpec } from '@vedette/formats/builders';
import { createRealDatabase } from '@vedette/formats/testing';

/** Seconds since 2001, as Apple counts. */
const apple = (time: string): number => Date.parse(time) / 1000 - 978_307_200;

/** A backup as iTunes writes it, its databases made by the real SQLite. */
export class BackupFixture {
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

const metadata = (bundle: string, source: string) =>
  buildBinaryPlist({
    softwareVersionBundleId: bundle,
    sourceApp: source,
    bundleShortVersionString: '4.2',
    itemName: 'Shop',
  });
export const INFO: PlistSpec = {
  'Product Version': '18.6',
  'Product Type': 'iPhone15,2',
  'Product Name': 'iPhone 14 Pro',
  'Build Version': '22G86',
  'Last Backup Date': new Date('2026-11-20T10:11:12Z'),
  'Installed Applications': ['com.example.shop', 'com.example.dev'],
  Applications: { 'com.example.shop': { iTunesMetadata: metadata('com.example.shop', 'com.apple.AppStore') } },
};

/** A phone with a link in a message, a visit, a permission, a process that used the network, an entry in the calendar, a profile and more. */
export async function buildWholeBackup(): Promise<Map<string, Uint8Array>> {
  const backup = new BackupFixture();
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
