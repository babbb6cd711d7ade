import { buildBinaryPlist } from '@vedette/formats/builders';
import { type ArtefactRow, app, url } from './artefact-row.ts';
import { apple, backup, database, type Files, fileSystem } from './ios-evidence.ts';

const AT = apple('2026-11-03T08:00:00Z');
const PROFILES = 'SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles';
const EVIL = 'https://w3.evil.test/x';
const FINE = 'https://good.test/x';
const tcc = async (client: string): Promise<Files> =>
  backup([
    'HomeDomain',
    'Library/TCC/TCC.db',
    await database('create table access (service text, client text, auth_value integer, last_modified integer)', [
      "insert into access values ('kTCCServiceMicrophone', ?, 2, 1793000000)",
      client,
    ]),
  ]);
const profile = (types: readonly string[], id: string): Promise<Files> =>
  backup([
    PROFILES,
    'Library/ConfigurationProfiles/profile-1.stub',
    buildBinaryPlist({
      PayloadDisplayName: 'Work',
      PayloadUUID: id,
      InstallDate: new Date('2026-11-02T09:00:00Z'),
      PayloadContent: types.map((PayloadType) => ({ PayloadType })),
    }),
  ]);
const profileEvents = (events: readonly { readonly [key: string]: string }[]): Promise<Files> =>
  backup([
    PROFILES,
    'Library/ConfigurationProfiles/MCProfileEvents.plist',
    buildBinaryPlist({
      ProfileEvents: events.map(({ id = '', operation = '' }) => ({
        [id]: { operation, process: 'profiled', timestamp: new Date('2026-11-02T09:00:00Z') },
      })),
    }),
  ]);
const applications = (metadata: { readonly [key: string]: string }): Promise<Files> =>
  backup(null, {
    'Installed Applications': ['com.example.shop'],
    Applications: { 'com.example.shop': { iTunesMetadata: buildBinaryPlist(metadata) } },
  });
const shortcuts = async (address: string): Promise<Files> =>
  backup([
    'AppDomainGroup-group.is.workflow.my.app',
    'Library/Shortcuts/Shortcuts.sqlite',
    await database(
      'create table ZSHORTCUT (Z_PK integer primary key, ZNAME text, ZCREATIONDATE real, ZMODIFICATIONDATE real, ZACTIONSDESCRIPTION text)',
      'create table ZSHORTCUTACTIONS (Z_PK integer primary key, ZSHORTCUT integer, ZDATA blob)',
      ["insert into ZSHORTCUT values (3, 'Go', ?, ?, 'Get Contents of URL')", AT, AT],
      [
        'insert into ZSHORTCUTACTIONS values (1, 3, ?)',
        buildBinaryPlist([
          {
            WFWorkflowActionIdentifier: 'is.workflow.actions.downloadurl',
            WFWorkflowActionParameters: { WFURL: address },
          },
        ]),
      ],
    ),
  ]);

/** Rows about apps and management. */
export const APP_ROWS: readonly ArtefactRow[] = [
  {
    row: 'ConfigurationProfiles: a profile that hides notifications',
    artefact: 'ios.profile',
    bad: await profile(['com.apple.notificationsettings'], 'BAD'),
    rules: ['device.artefact.notifications-set'],
    listed: { kind: 'profile', value: 'BAD' },
    place: /profile-1\.stub/,
    good: await profile(['com.apple.wifi.managed'], 'GOOD'),
  },
  {
    row: 'ConfigurationProfiles: a profile that sends traffic elsewhere',
    artefact: 'ios.profile',
    bad: await profile(['com.apple.vpn.managed'], 'BAD'),
    rules: ['device.artefact.reaching-profile'],
    place: /profile-1\.stub/,
    good: await profile(['com.apple.wifi.managed'], 'GOOD'),
  },
  {
    row: 'ProfileEvents',
    artefact: 'ios.profile-event',
    bad: await profileEvents([{ id: 'BAD', operation: 'install' }]),
    rules: ['device.artefact.profile-event'],
    listed: { kind: 'profile', value: 'BAD' },
    place: /MCProfileEvents\.plist/,
    good: await profileEvents([]),
  },
  {
    row: 'TCC',
    artefact: 'ios.tcc',
    bad: await tcc('com.example.spy'),
    listed: app('com.example.spy'),
    place: /TCC\.db\)!\/access#1/,
    good: await tcc('com.example.shop'),
    says: /Microphone was allowed: com\.example\.spy/,
  },
  {
    row: 'Applications: from nowhere known',
    artefact: 'ios.application',
    bad: await applications({ softwareVersionBundleId: 'com.example.shop', sourceApp: 'com.example.store' }),
    rules: ['device.app.sideloaded', 'device.artefact.ios-app-not-from-store'],
    listed: app('com.example.shop'),
    place: /Info\.plist#com\.example\.shop/,
    good: await applications({ softwareVersionBundleId: 'com.example.note', sourceApp: 'com.apple.AppStore' }),
  },
  {
    row: 'Applications: without an identifier',
    artefact: 'ios.application',
    bad: await applications({ sourceApp: 'com.apple.AppStore' }),
    rules: ['device.artefact.ios-app-unnamed'],
    place: /Info\.plist#com\.example\.shop/,
    good: await applications({ softwareVersionBundleId: 'com.example.note', sourceApp: 'com.apple.AppStore' }),
  },
  {
    row: 'Applications (file system)',
    artefact: 'ios.application',
    bad: fileSystem({
      'private/var/containers/Bundle/Application/A/iTunesMetadata.plist': buildBinaryPlist({
        softwareVersionBundleId: 'org.spy',
        sourceApp: 'com.example.store',
      }),
    }),
    rules: ['device.app.sideloaded', 'device.artefact.ios-app-not-from-store'],
    listed: app('org.spy'),
    place: /iTunesMetadata\.plist/,
    good: fileSystem({
      'private/var/containers/Bundle/Application/A/iTunesMetadata.plist': buildBinaryPlist({
        softwareVersionBundleId: 'org.app',
        sourceApp: 'com.apple.AppStore',
      }),
    }),
  },
  {
    row: 'Shortcuts',
    artefact: 'ios.shortcut',
    bad: await shortcuts(EVIL),
    listed: url(EVIL),
    place: /Shortcuts\.sqlite\)!\/ZSHORTCUT#3/,
    good: await shortcuts(FINE),
  },
];
