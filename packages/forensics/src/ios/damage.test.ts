import { buildBinaryPlist, buildSqlite, type PlistSpec, PlistUid } from '@vedette/formats/builders';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { createIosFiles } from './ios-files.ts';
import { readIosFiles } from './read-ios-files.ts';

/** A table with a row of each kind of value in every column: what no phone writes and an attacker may. */
const table = (name: string, ...columns: readonly string[]) => ({
  name,
  sql: `create table ${name} (${columns.join(', ')})`,
  rows: [
    columns.map(() => null),
    columns.map(() => 'https://a.test/x'),
    columns.map(() => 'org.example.app'),
    columns.map(() => 1e300),
    columns.map(() => -1),
    columns.map(() => 9_007_199_254_740_993n),
    columns.map(() =>
      buildBinaryPlist([{ a: 'https://b.test/', SessionHistory: { SessionHistoryEntries: [1, 'x'] } }]),
    ),
    columns.map((_, index) => index),
  ],
});
const list = (value: PlistSpec): Uint8Array => buildBinaryPlist(value);
const ODD: PlistSpec = {
  a: 1,
  b: [new Date('2026-11-03T08:00:00Z'), 'x'],
  c: { timestamp: 'no date', process: 7 },
  d: new PlistUid(900),
};
const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['/Library/AddressBook/AddressBook.sqlitedb', buildSqlite([table('ABMultiValue', 'UID', 'record_id', 'value')])],
  [
    '/Library/Shortcuts/Shortcuts.sqlite',
    buildSqlite([
      table('ZSHORTCUT', 'Z_PK', 'ZNAME', 'ZCREATIONDATE'),
      table('ZSHORTCUTACTIONS', 'ZSHORTCUT', 'ZDATA'),
    ]),
  ],
  ['/x/Cache.db', buildSqlite([table('cfurl_cache_response', 'request_key', 'time_stamp')])],
  [
    '/Keychains/Analytics/a.db',
    buildSqlite([table('hard_failures', 'timestamp', 'data'), table('all_events', 'timestamp', 'data')]),
  ],
  [
    '/profile.profile/browser.db',
    buildSqlite([
      table('history', 'id', 'url', 'title'),
      table('visits', 'siteID', 'date'),
      table('favicons', 'id', 'url', 'date'),
      table('favicon_sites', 'siteID', 'faviconID'),
    ]),
  ],
  [
    '/Google/Chrome/Default/Favicons',
    buildSqlite([
      table('favicons', 'id', 'url'),
      table('favicon_bitmaps', 'icon_id', 'last_updated'),
      table('icon_mapping', 'page_url', 'icon_id'),
    ]),
  ],
  [
    '/Library/Safari/BrowserState.db',
    buildSqlite([
      table('tabs', 'url', 'user_visible_url', 'last_viewed_time', 'session_data'),
      table('tab_sessions', 'session_data'),
    ]),
  ],
  [
    '/Library/Image Cache/Favicons/Favicons.db',
    buildSqlite([
      table('page_url', 'url', 'uuid'),
      table('icon_info', 'uuid', 'url', 'timestamp'),
      table('rejected_resources', 'page_url', 'icon_url', 'timestamp'),
    ]),
  ],
  [
    '/ChatStorage.sqlite',
    buildSqlite([table('ZWAMESSAGE', 'Z_PK', 'ZTEXT', 'ZMESSAGEDATE'), table('ZWAMEDIAITEM', 'ZMESSAGE', 'ZMEDIAURL')]),
  ],
  [
    '/ContactsV2.sqlite',
    buildSqlite([
      table('ZWAADDRESSBOOKCONTACT', 'ZWHATSAPPID', 'ZLID', 'ZDISAPPEARINGMODEDURATION', 'ZDISAPPEARINGMODETIMESTAMP'),
    ]),
  ],
  ['/LID.sqlite', buildSqlite([table('pairs', 'ZLID', 'ZPHONENUMBER')])],
  [
    '/CoreDuet/People/interactionC.db',
    buildSqlite([
      table('ZCONTACTS', 'Z_PK', 'ZIDENTIFIER'),
      table('ZINTERACTIONS', 'ZSTARTDATE', 'ZBUNDLEID', 'ZSENDER', 'ZACCOUNT'),
    ]),
  ],
  [
    '/x/DataUsage.sqlite',
    buildSqlite([
      table('ZPROCESS', 'Z_PK', 'ZPROCNAME', 'ZBUNDLENAME', 'ZTIMESTAMP'),
      table('ZLIVEUSAGE', 'ZHASPROCESS', 'ZTIMESTAMP'),
    ]),
  ],
  ['/appinstallation/appstored.sqlitedb', buildSqlite([table('jobs', 'bundle_id', 'timestamp', 'client_id')])],
  ['/x/MCSettingsEvents.plist', list({ ...ODD, deep: { a: { b: { c: { d: { e: { f: { g: {} } } } } } } } })],
  [
    '/x/com.apple.networkextension.plist',
    list({
      $objects: [
        '$null',
        { Name: new PlistUid(1), VPN: new PlistUid(1) },
        { Name: 'x', VPN: { a: new PlistUid(2) }, Application: 3 },
        ODD,
      ],
    }),
  ],
  ['/x/com.apple.wifi.known-networks.plist', list({ a: ODD, b: { SSID: new Uint8Array([255, 0]) } })],
  [
    '/x/full_browsing_session_resourceLog.plist',
    list({
      browsingStatistics: [
        ODD,
        { PrevalentResourceOrigin: 'a.test', topFrameUniqueRedirectsTo: [1, 'x'], lastSeen: 1e300 },
      ],
    }),
  ],
  ['/locationd/clients.plist', list({ a: ODD, b: { Executable: '/x', LocationTimeStopped: 1e300, Registered: true } })],
  ['/containers/Bundle/Application/A/iTunesMetadata.plist', list(ODD)],
  [
    '/x/shutdown.1.log',
    new TextEncoder().encode('remaining client pid: 1 (/x)\nSIGTERM: [99999999999]\nremaining client pid: 1 (/y)\n'),
  ],
  ['/usr/libexec/x', new Uint8Array(1)],
];

function read(files: readonly (readonly [string, Uint8Array])[]) {
  const builder = createEvidenceBuilder('backup', { onRecord: () => true });
  readIosFiles(
    builder,
    createIosFiles(files.map(([path, bytes]) => ({ domain: '', path, shownAs: path, bytes: () => bytes }))),
  );
  return builder.finish({ now: '2026-11-22T18:00:00.000Z' });
}

describe('files of an iPhone', () => {
  it('are each read', () => {
    const { records } = read(FILES);
    for (const [path] of FILES.filter(([one]) => !/tailspin|libexec|iTunesMetadata/.test(one)))
      expect(
        records.filter(({ artefact, rawRef }) => artefact !== 'ios.file' && rawRef.startsWith(path)),
        path,
      ).not.toEqual([]);
    for (const { at } of records) expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true);
  });

  it('survive damage (fuzz)', () => {
    fc.assert(
      fc.property(
        fc.nat(FILES.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (which, changes, cut) => {
          const [path, whole] = FILES[which] ?? ['', new Uint8Array(1)];
          const bytes = whole.slice(0, cut ? whole.length >> 1 : whole.length);
          for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const { records } = read([[path, bytes]]);
          for (const { at } of records) expect(at === null || !Number.isNaN(Date.parse(at))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});
