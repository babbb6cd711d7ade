import {
  buildBinaryPlist,
  buildSqlite,
  buildXmlPlist,
  type FuzzTarget,
  mutate,
  ProtoWriter,
} from '@vedette/formats/builders';
import { treeFromFiles } from './evidence-tree.ts';
import { fuzzIphoneFiles, fuzzSysdiagnose } from './fixtures/fuzz-iphone.ts';
import { FUZZ_PHONE } from './fixtures/fuzz-phone.ts';
import { buildAdbAnswers, buildAndroidqf, buildBugReport } from './fixtures/index.ts';
import { readDeviceEvidence } from './read-device-evidence.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const NOW = '2026-11-22T18:00:00.000Z';

/**
 * A reader of evidence that is made of several files. One input stands for one file of the evidence, which the first byte chooses; the others are as they should be. Generated inputs are lines of the file, and of
 * the others, in a made-up order.
 *
 * @param companions which of the other files are there when one is read; left out: all. Those that no reader joins with others would only cost time
 */
function evidenceTarget(reader: string, build: () => Files, companions: RegExp = /^/): FuzzTarget {
  let kept: { readonly names: readonly string[]; readonly files: Files } | undefined;
  const whole = () => {
    const files = kept?.files ?? build();
    kept ??= { files, names: [...files.keys()] };
    return kept;
  };
  const inputOf = (index: number, content: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(content.length + 1);
    bytes[0] = index;
    bytes.set(content, 1);
    return bytes;
  };
  return {
    reader,
    seeds() {
      const { names, files } = whole();
      return names.map((name, index) => inputOf(index, (files.get(name) ?? new Uint8Array()).subarray(0, 60_000)));
    },
    generate(random) {
      const { names, files } = whole();
      const below = (limit: number): number => Math.floor(random() * limit);
      const index = below(names.length);
      const content = files.get(names[index] ?? '') ?? new Uint8Array();
      const other = files.get(names[below(names.length)] ?? '') ?? content;
      // Databases and binary lists have no lines.
      if (content.includes(0)) return inputOf(index, mutate(content.subarray(0, 60_000), below(2 ** 31)));
      const lines = [content, other].flatMap((bytes) =>
        new TextDecoder().decode(bytes.subarray(0, 40_000)).split('\n'),
      );
      const mixed = Array.from({ length: below(60) }, () => {
        const line = lines[below(lines.length)] ?? '';
        return random() < 0.8
          ? line
          : line.slice(below(line.length + 1)) + (lines[below(lines.length)] ?? '').slice(0, below(80));
      });
      return inputOf(index, new TextEncoder().encode(mixed.join('\n')));
    },
    read(bytes) {
      const { names, files } = whole();
      const name = names[(bytes[0] ?? 0) % names.length] ?? '';
      const others = [...files].filter(([other]) => companions.test(other));
      const tree = treeFromFiles(new Map(others).set(name, bytes.subarray(1)));
      const { value } = readDeviceEvidence(tree, { now: NOW, onRecord: () => true });
      JSON.stringify(value);
    },
  };
}

/** A backup with one file of each kind that is read; their names are of no consequence to the reader, so no digest is made. */
function smallBackup(): Files {
  const kinds: readonly (readonly [string, string, Uint8Array])[] = [
    [
      'HomeDomain',
      'Library/SMS/sms.db',
      database('message', 'ROWID integer primary key, text, date, is_from_me, attributedBody', [
        null,
        'See https://a.test/x',
        8e17,
        0,
        null,
      ]),
    ],
    [
      'HomeDomain',
      'Library/Safari/History.db',
      database('history_items', 'id integer primary key, url', [null, 'https://a.test/']),
    ],
    [
      'HomeDomain',
      'Library/TCC/TCC.db',
      database('access', 'service, client, auth_value, last_modified', ['kTCCServiceCamera', 'a.b', 2, 1.7e9]),
    ],
    [
      'WirelessDomain',
      'Library/Databases/DataUsage.sqlite',
      database('ZPROCESS', 'Z_PK integer primary key, ZTIMESTAMP, ZPROCNAME, ZBUNDLENAME', [null, 7e8, 'a/b', 'c.d']),
    ],
    [
      'HomeDomain',
      'Library/Calendar/Calendar.sqlitedb',
      database('CalendarItem', 'summary, description, start_date, organizer_id', ['a', 'b https://c.test/', 7e8, 1]),
    ],
    [
      'X',
      'Library/ConfigurationProfiles/profile-1.stub',
      buildBinaryPlist({ PayloadDisplayName: 'a', InstallDate: new Date(0), PayloadContent: [{ PayloadType: 'b' }] }),
    ],
    [
      'X',
      'Library/ConfigurationProfiles/MCProfileEvents.plist',
      buildXmlPlist({ ProfileEvents: [{ id: { timestamp: new Date(0), operation: 'install' } }] }),
    ],
    [
      'HomeDomain',
      'Library/Preferences/com.apple.identityservices.idstatuscache.plist',
      buildBinaryPlist({ s: { 'mailto:a@b.test': { LookupDate: 7e8 } } }),
    ],
  ];
  const ids = kinds.map((_, index) => index.toString(16).padStart(40, '0'));
  const manifest = buildSqlite([
    {
      name: 'Files',
      sql: 'create table Files (fileID text, domain text, relativePath text, flags integer)',
      rows: kinds.map(([domain, path], index) => [ids[index] ?? '', domain, path, 1]),
    },
  ]);
  return new Map([
    ['Manifest.db', manifest],
    ['Manifest.plist', buildXmlPlist({ IsEncrypted: false })],
    [
      'Info.plist',
      buildXmlPlist({
        'Product Version': '18.6',
        'Product Type': 'iPhone15,2',
        'Last Backup Date': new Date(0),
        'Installed Applications': ['a.b'],
        Applications: { 'a.b': { iTunesMetadata: buildBinaryPlist({ sourceApp: 'x' }) } },
      }),
    ],
    ...kinds.map(([, , bytes], index) => [`00/${ids[index] ?? ''}`, bytes] as const),
  ]);
}

/** Bug reports of one section each, the whole one, and crash reports: what is between two sections is of no consequence to either. */
function bugReportSections(): Files {
  const [name = '', whole = new Uint8Array()] =
    [...buildBugReport(FUZZ_PHONE, { logLines: 3 })].find(([path]) => path.startsWith('bugreport-')) ?? [];
  const text = new TextDecoder().decode(whole);
  const parts = text.split(/^(?=------ [A-Z]|DUMP OF SERVICE )/m);
  const [header = '', ...sections] = parts;
  const encode = (content: string): Uint8Array => new TextEncoder().encode(content);
  return new Map([
    [name, whole],
    ...sections.map((section, index) => [`bugreport-${index}.txt`, encode(`${header}\n${section}`)] as const),
    [
      'tombstone_00',
      encode(
        'Timestamp: 2026-11-01 10:11:12+0100\npid: 1, tid: 2, name: a  >>> /system/bin/b <<<\nuid: 0\nsignal 11 (SIGSEGV), code 1\n',
      ),
    ],
    [
      'tombstone_01.pb',
      new ProtoWriter().text(4, '2026-11-01 10:11:12+0100').varint(5, 1).varint(7, 0).text(9, '/system/bin/b').finish(),
    ],
  ]);
}

function managementAnswers(): Files {
  const android = {
    name: 'enterprises/e/devices/d',
    hardwareInfo: { model: 'x' },
    deviceSettings: { isDeviceSecure: true, encryptionStatus: 'ACTIVE' },
    applicationReports: [{ packageName: 'a.b', versionCode: 7 }],
  };
  return new Map([
    [
      'apps.plist',
      buildXmlPlist({ InstalledApplicationList: [{ Identifier: 'a.b', ShortVersion: '1', AppStoreVendable: false }] }),
    ],
    ['device.plist', buildBinaryPlist({ UDID: 'x', QueryResponses: { OSVersion: '18.6', ProductName: 'iPhone15,2' } })],
    [
      'profiles.plist',
      buildBinaryPlist({ ProfileList: [{ PayloadDisplayName: 'x', PayloadContent: [{ PayloadType: 'y' }] }] }),
    ],
    ['android/device.json', new TextEncoder().encode(JSON.stringify(android))],
  ]);
}

function usbAnswers(): Files {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const metadata = buildBinaryPlist({ sourceApp: 'com.apple.AppStore' });
  const index = { schema: 'vedette.usb/1', udid: 'x', collectedAt: NOW, unanswered: [{ question: 'apps', why: 'x' }] };
  return new Map([
    ['usb/index.json', text(JSON.stringify(index))],
    [
      'usb/device-information.plist',
      buildXmlPlist({ QueryResponses: { OSVersion: '18.6', ProductName: 'iPhone15,2' } }),
    ],
    ['usb/applications.plist', buildXmlPlist({ Applications: { 'a.b': { iTunesMetadata: metadata } } })],
    [
      'usb/installed-application-list.plist',
      buildXmlPlist({ InstalledApplicationList: [{ Identifier: 'a.b', SignerIdentity: 'x', IsValidated: true }] }),
    ],
    [
      'usb/provisioning-profile-list.plist',
      buildXmlPlist({ ProvisioningProfileList: [{ Name: 'x', UUID: 'y', ProvisionsAllDevices: true }] }),
    ],
    [
      'usb/crashes/a.ips',
      text('{"app_name":"a","timestamp":"2026-11-01 12:00:00.00 +0000"}\n{"procPath":"/private/var/a"}'),
    ],
  ]);
}

function database(table: string, columns: string, row: readonly (string | number | null)[]): Uint8Array {
  return buildSqlite([{ name: table, sql: `create table ${table} (${columns})`, rows: [row, row] }]);
}

/** Readers of evidence, for the fuzzers (`npm run fuzz`). */
export const fuzzTargets: readonly FuzzTarget[] = [
  evidenceTarget('bugreport', bugReportSections, /^\0/),
  evidenceTarget('androidqf', () => buildAndroidqf(FUZZ_PHONE), /\/(?:acquisition\.json|getprop\.txt)$/),
  evidenceTarget('adb-answers', () => buildAdbAnswers(FUZZ_PHONE), /\/getprop\.txt$/),
  evidenceTarget('ios-backup', smallBackup),
  evidenceTarget('mdm', managementAnswers),
  evidenceTarget('ios-files', fuzzIphoneFiles, /libexec|AddressBook/),
  evidenceTarget('sysdiagnose', fuzzSysdiagnose, /SystemVersion|ps\.txt|taskinfo/),
  evidenceTarget('ios-usb', usbAnswers),
];
