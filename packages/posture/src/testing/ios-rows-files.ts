import { buildBinaryPlist } from '@vedette/formats/builders';
import { type ArtefactRow, app, domain, process } from './artefact-row.ts';
import { apple, backup, database, type Files, fileSystem, lines } from './ios-evidence.ts';

const AT = apple('2026-11-03T08:00:00Z');
const dataUsage = (processes: readonly (readonly [number, string, string | null])[], live: readonly number[]) =>
  database(
    'create table ZPROCESS (Z_PK integer primary key, ZFIRSTTIMESTAMP real, ZTIMESTAMP real, ZPROCNAME text, ZBUNDLENAME text)',
    'create table ZLIVEUSAGE (Z_PK integer primary key, ZHASPROCESS integer, ZTIMESTAMP real)',
    ...processes.map(
      ([id, name, bundle]) => ['insert into ZPROCESS values (?, ?, ?, ?, ?)', id, AT, AT, name, bundle] as const,
    ),
    ...live.map((id) => ['insert into ZLIVEUSAGE (ZHASPROCESS, ZTIMESTAMP) values (?, ?)', id, AT] as const),
  );
const USAGE = ['WirelessDomain', 'Library/Databases/DataUsage.sqlite'] as const;
const GOOD_USAGE = await dataUsage(
  [
    [1, 'locationd', null],
    [2, 'Shop/Shop', 'com.example.shop'],
  ],
  [1, 2],
);
const preferences = (name: string, value: Parameters<typeof buildBinaryPlist>[0]): Promise<Files> =>
  backup(['HomeDomain', `Library/Preferences/${name}`, buildBinaryPlist(value)]);
const location = (executable: string): Promise<Files> =>
  backup([
    'RootDomain',
    'Library/Caches/locationd/clients.plist',
    buildBinaryPlist({ '/x': { Executable: executable, LocationTimeStopped: AT }, migrated: 3 }),
  ]);
const shutdown = (client: string, times: number): Uint8Array =>
  lines(
    ...Array.from({ length: times }, (_, index) => [
      `After ${index + 1}.26s, these clients are still here:`,
      `\t\tremaining client pid: 71 (${client}/0A1B2C3D-0000-1111-2222-333344445555)`,
    ]).flat(),
    'SIGTERM: [1793692800]',
  );
const analytics = async (host: string): Promise<Files> =>
  fileSystem({
    'private/var/Keychains/Analytics/trust_analytics.db': await database(
      'create table hard_failures (id integer primary key, timestamp real, data blob)',
      'create table all_events (id integer primary key, timestamp real, data blob)',
      [
        'insert into hard_failures values (1, 1793692800.0, ?)',
        buildBinaryPlist({ eventType: 'Pinning', host, build: '23G90' }),
      ],
    ),
  });
const file = (path: string): Files => fileSystem({ [path]: new Uint8Array(1) });

/** Rows about files, use of the network and what the system wrote down. */
export const FILE_ROWS: readonly ArtefactRow[] = [
  {
    row: 'BackupInfo: an old system',
    bad: await backup(['HomeDomain', 'Library/x', new Uint8Array(1)], { 'Product Version': '16.7.10' }),
    rules: ['device.update.available'],
    place: /Info\.plist/,
    good: await backup(['HomeDomain', 'Library/x', new Uint8Array(1)]),
  },
  {
    row: 'Manifest: a path, and a host in a path',
    artefact: 'ios.file',
    bad: await backup([
      'AppDomain-com.example.shop',
      'Library/WebKit/https_evil.test_0.localstorage',
      new Uint8Array(1),
    ]),
    listed: domain('evil.test'),
    place: /backup\/[0-9a-f]{2}\/[0-9a-f]{40} \(AppDomain-com\.example\.shop: Library/,
    good: await backup([
      'AppDomain-com.example.shop',
      'Library/WebKit/https_good.test_0.localstorage',
      new Uint8Array(1),
    ]),
  },
  {
    row: 'Datausage: a number that is missing',
    artefact: 'ios.data-usage-gap',
    bad: await backup([
      ...USAGE,
      await dataUsage(
        [
          [1, 'locationd', null],
          [4, 'Shop', 'com.example.shop'],
        ],
        [1, 4],
      ),
    ]),
    rules: ['device.artefact.network-list-gap'],
    place: /DataUsage\.sqlite\)!\/ZPROCESS#1/,
    good: await backup([...USAGE, GOOD_USAGE]),
    says: /skips numbers 2 to 3, after locationd/,
  },
  {
    row: 'Datausage: a live record without a process',
    artefact: 'ios.data-usage-orphan',
    bad: await backup([...USAGE, await dataUsage([[1, 'locationd', null]], [1, 9])]),
    rules: ['device.artefact.network-without-process'],
    place: /DataUsage\.sqlite\)!\/ZLIVEUSAGE#2/,
    good: await backup([...USAGE, GOOD_USAGE]),
  },
  {
    row: 'Datausage: a process of a list',
    artefact: 'ios.data-usage',
    bad: await backup([...USAGE, await dataUsage([[1, 'x/roleaccountd', null]], [1])]),
    listed: process('roleaccountd'),
    place: /DataUsage\.sqlite\)!\/ZPROCESS#1/,
    good: await backup([...USAGE, GOOD_USAGE]),
  },
  {
    row: 'Datausage (file system): a process without a program',
    artefact: 'ios.data-usage-gone',
    bad: fileSystem({
      'private/var/wireless/Library/Databases/DataUsage.sqlite': await dataUsage([[1, 'bh', null]], [1]),
    }),
    rules: ['device.artefact.network-program-gone'],
    place: /DataUsage\.sqlite!\/ZPROCESS#1/,
    good: fileSystem({ 'private/var/wireless/Library/Databases/DataUsage.sqlite': GOOD_USAGE }),
  },
  {
    row: 'Netusage (file system)',
    artefact: 'ios.data-usage',
    bad: fileSystem({
      'private/var/networkd/db/netusage.sqlite': await dataUsage(
        [
          [1, 'x/locationd', null],
          [2, 'bh', 'org.spy'],
        ],
        [1],
      ),
    }),
    listed: app('org.spy'),
    place: /netusage\.sqlite!\/ZPROCESS#2/,
    good: fileSystem({ 'private/var/networkd/db/netusage.sqlite': GOOD_USAGE }),
  },
  {
    row: 'LocationdClients',
    artefact: 'ios.location-client',
    bad: await location('/private/var/db/x/bh'),
    listed: { kind: 'path', value: '/private/var/db/x' },
    place: /clients\.plist/,
    good: await location('/usr/libexec/locationd'),
  },
  {
    row: 'OSAnalyticsADDaily',
    artefact: 'ios.network-by-day',
    bad: await preferences('com.apple.osanalytics.addaily.plist', {
      netUsageBaseline: { 'x/bh': [new Date('2026-11-03T08:00:00Z'), 1, 2, 3, 4] },
    }),
    listed: process('bh'),
    place: /addaily\.plist/,
    good: await preferences('com.apple.osanalytics.addaily.plist', {
      netUsageBaseline: { locationd: [new Date('2026-11-03T08:00:00Z'), 1, 2, 3, 4] },
    }),
  },
  {
    row: 'Filesystem: a path',
    artefact: 'ios.file',
    bad: file('private/var/db/evil/x'),
    listed: { kind: 'path', value: '/private/var/db/evil' },
    place: /private\/var\/db\/evil\/x/,
    good: file('private/var/db/evilness/x'),
  },
  {
    row: 'Filesystem: a folder that a process left',
    artefact: 'ios.file',
    bad: file('private/var/db/com.apple.xpc.roleaccountd.staging/bh/x'),
    listed: process('bh'),
    place: /staging\/bh\/x/,
    good: file('private/var/db/other/x'),
  },
  {
    row: 'ShutdownLog (file system), a rotated one',
    artefact: 'ios.shutdown',
    bad: fileSystem({ 'private/var/db/diagnostics/shutdown.2.log': shutdown('/private/var/db/x/bh', 2) }),
    rules: ['device.artefact.process-elsewhere'],
    listed: process('bh'),
    place: /shutdown\.2\.log:2/,
    good: fileSystem({ 'private/var/db/diagnostics/shutdown.2.log': shutdown('/usr/libexec/backboardd', 2) }),
  },
  {
    row: 'Analytics (file system)',
    artefact: 'ios.keychain-event',
    bad: await analytics('evil.test'),
    listed: domain('evil.test'),
    place: /trust_analytics\.db!\/hard_failures#1/,
    good: await analytics('good.test'),
  },
  {
    row: 'AnalyticsIOSVersions',
    artefact: 'ios.version-seen',
    bad: await analytics('evil.test'),
    listed: domain('evil.test'),
    place: /trust_analytics\.db/,
    good: await analytics('good.test'),
    says: /The phone ran build 23G90/,
  },
  {
    row: 'IOSVersionHistory',
    artefact: 'ios.version-seen',
    bad: fileSystem({
      'private/var/db/analyticsd/Analytics-Journal-2026.ips': lines(
        '{"os_version":"iPhone OS 26.5 (23F77)","timestamp":"2026-06-01 08:00:00.00 +0200","bug_type":"211"}',
      ),
    }),
    place: /Analytics-Journal-2026\.ips/,
    good: fileSystem({}),
    says: /The phone ran iPhone OS 26\.5/,
  },
];
