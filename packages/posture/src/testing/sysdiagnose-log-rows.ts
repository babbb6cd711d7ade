import { buildBinaryPlist, PlistUid } from '@vedette/formats/builders';
import { type ArtefactRow, app, domain, process } from './artefact-row.ts';
import { database, type Files, lines, sysdiagnose } from './ios-evidence.ts';

const installation = (...messages: readonly string[]): Files =>
  sysdiagnose({
    'logs/MobileInstallation/mobile_installation.log.0': lines(
      ...messages.map(
        (message) => `Mon Aug 10 14:09:38 2026 [8567] <notice> (0x17002b000) -[MIInstaller x:]: ${message}`,
      ),
    ),
  });
const storeDatabase = async (path: string, bundle: string): Promise<Files> =>
  sysdiagnose({
    [path]: await database(
      'create table app_updates (pid integer primary key, bundle_id text, timestamp real, client_id text)',
      ["insert into app_updates values (1, ?, 1793692800, 'com.apple.AppStore')", bundle],
    ),
  });
const settings = (by: string): Files =>
  sysdiagnose({
    'logs/MCState/Shared/MCSettingsEvents.plist': buildBinaryPlist({
      Restrictions: {
        restrictedBool: {
          allowDiagnosticSubmission: { timestamp: new Date('2026-11-02T09:00:00Z'), event: 'set', process: by },
        },
      },
    }),
  });
const stub = (type: string): Files =>
  sysdiagnose({
    'logs/MCState/Shared/profile-1.stub': buildBinaryPlist({
      PayloadDisplayName: 'Work',
      PayloadContent: [{ PayloadType: type }],
    }),
  });
const powerlog = async (program: string): Promise<Files> =>
  sysdiagnose({
    'logs/powerlogs/CurrentPowerlog.PLSQL': await database(
      'create table PLProcessNetworkAgent_EventInterval_UsageDiff (ID integer primary key, timestamp real, timestampEnd real, BundleName text, ProcessName text, WifiIn integer, WifiOut integer, CellIn integer, CellOut integer)',
      [
        'insert into PLProcessNetworkAgent_EventInterval_UsageDiff values (1, 1793692800, 1793694600, ?, ?, 1, 2, 3, 4)',
        null,
        program,
      ],
    ),
  });
const tcc = async (client: string): Promise<Files> =>
  sysdiagnose({
    'logs/Accessibility/TCC.db': await database(
      'create table access (service text, client text, auth_value integer, last_modified integer)',
      ["insert into access values ('kTCCServiceCamera', ?, 2, 1793000000)", client],
    ),
  });
const activation = (fact: string): Files =>
  sysdiagnose({
    'logs/MobileActivation/mobileactivationd.log.0': lines(
      'Mon Aug 10 13:08:13 2026 [135] <debug> (0x16f1db000) MA: main: ____________________ Mobile Activation Startup _____________________',
      `Mon Aug 10 13:08:13 2026 [135] <debug> (0x16f1db000) MA: main: ${fact}`,
      'Mon Aug 10 13:08:14 2026 [135] <debug> (0x16f1db000) MA: dealwith_activation: Activation State: Activated',
    ),
  });
const lockdownd = (message: string): Files =>
  sysdiagnose({ 'logs/MobileLockdown/lockdownd.log': lines(`08/10/26 13:55:38.410307 pid=76 ${message}`) });
const extension = (part: string, host: string): Files =>
  sysdiagnose({
    'logs/Networking/com.apple.networkextension.plist': buildBinaryPlist({
      $archiver: 'NSKeyedArchiver',
      $objects: [
        '$null',
        { Name: new PlistUid(2), Application: new PlistUid(3), [part]: new PlistUid(4), AppPush: new PlistUid(0) },
        'Free VPN',
        'org.spy.vpn',
        { ServerAddress: new PlistUid(5) },
        host,
      ],
    }),
  });
const swcutil = (id: string, host: string): Files =>
  sysdiagnose({
    'swcutil_show.txt': lines(
      '=================================== DATABASE ===================================',
      'Service:              applinks',
      `App ID:               ABCDE12345.${id}`,
      `Domain:               ${host}`,
      'Last Checked:         2026-11-03 08:00:01 +0000',
      '--------------------------------------------------------------------------------',
    ),
  });
const security = (host: string): Files =>
  sysdiagnose({
    'security-sysdiagnose.txt': lines(
      'Client: trust',
      `2026-11-03 08:00:01 +0000 EventHardFailure: PinningEvent - Attributes: {host : ${host}, build : 23G90 }`,
    ),
  });
const transparency = (of: string): Files =>
  sysdiagnose({
    'transparency.log': lines(
      JSON.stringify({ registration: [{ app: of, registeredAt: '2026-11-03 08:00:01 +0000' }] }),
    ),
  });
const wifi = (name: string): Files =>
  sysdiagnose({
    'WiFi/com.apple.wifi.known-networks.plist': buildBinaryPlist({
      [`wifi.network.ssid.${name}`]: {
        SSID: new TextEncoder().encode(name),
        SupportedSecurityTypes: 'Open',
        JoinedByUserAt: new Date('2026-11-02T09:00:00Z'),
      },
    }),
    'WiFi/security.txt': lines('acct : Home', 'cdat : 2026-02-09 21:10:38 +0000', 'svce : AirPort', ''),
  });
const QUIET = sysdiagnose({});

/** Rows of a sysdiagnose about what its logs, lists and databases tell. Not here, since it is not read: the unified log itself (`system_logs.logarchive/*.tracev3`), whose texts are in catalogues of each system; what its statistics and the log of shutdowns say is read. */
export const SYSDIAGNOSE_LOG_ROWS: readonly ArtefactRow[] = [
  {
    row: 'mobileinstallation: asked for by a computer',
    artefact: 'ios.app-event',
    bad: installation(
      'Install of "/var/mobile/Media/PublicStaging/Spy.ipa" type Customer (LSInstallType = 1, Domain: x) requested by streaming_zip_conduit (pid 9)',
    ),
    rules: ['device.artefact.installed-by-computer'],
    place: /mobile_installation\.log\.0:1/,
    good: installation(
      'Install of "/var/mobile/Library/Caches/a/Shop.ipa" type Customer (LSInstallType = 1, Domain: x) requested by installcoordinationd (pid 9)',
    ),
  },
  {
    row: 'mobileinstallation: from another distributor',
    artefact: 'ios.app-event',
    bad: installation(
      'Install Successful for (Customer:org.spy) [Distributor: com.example.market]; Staging: 0.01s; Overall: 0.25s',
    ),
    rules: ['device.artefact.other-distributor'],
    listed: app('org.spy'),
    place: /mobile_installation\.log\.0:1/,
    good: installation(
      'Install Successful for (Customer:org.app) [Distributor: com.apple.AppStore]; Staging: 0.01s; Overall: 0.25s',
    ),
  },
  {
    row: 'mobileinstallation: an app that is gone',
    artefact: 'ios.app-event',
    bad: installation('Uninstalling identifier org.spy'),
    listed: app('org.spy'),
    place: /mobile_installation\.log\.0:1/,
    good: installation('Uninstalling identifier org.app'),
    says: /org\.spy was uninstalled/,
  },
  ...(await Promise.all(
    (
      [
        ['appinstallation', 'logs/appinstallation/appstored.sqlitedb'],
        ['appinstallation (before iOS 13)', 'logs/appinstallation/AppUpdates.sqlitedb'],
        ['itunesstore', 'logs/itunesstored/downloads.28.sqlitedb'],
      ] as const
    ).map(
      async ([name, path]): Promise<ArtefactRow> => ({
        row: name,
        artefact: 'ios.store-app',
        bad: await storeDatabase(path, 'org.spy'),
        listed: app('org.spy'),
        place: /sqlitedb!\/app_updates#1/,
        good: await storeDatabase(path, 'org.app'),
      }),
    ),
  )),
  {
    row: 'mcsettingsevents',
    artefact: 'ios.setting-event',
    bad: settings('bh'),
    listed: process('bh'),
    place: /MCSettingsEvents\.plist#Restrictions\.restrictedBool\.allowDiagnosticSubmission/,
    good: settings('Preferences'),
  },
  {
    row: 'mcstate_shared_profile',
    artefact: 'ios.profile',
    bad: stub('com.apple.mdm'),
    rules: ['device.artefact.reaching-profile'],
    place: /profile-1\.stub/,
    good: stub('com.apple.wifi.managed'),
  },
  {
    row: 'powerlogs: a program of a list',
    artefact: 'ios.power-use',
    bad: await powerlog('bh'),
    listed: process('bh'),
    place: /CurrentPowerlog\.PLSQL!\/PLProcessNetworkAgent_EventInterval_UsageDiff#1/,
    good: await powerlog('locationd'),
  },
  {
    row: 'battery_bdc',
    artefact: 'ios.battery-health',
    bad: sysdiagnose({
      'logs/BatteryBDC/BDC_Daily_version1_2026-11-19.csv': lines(
        'TimeStamp,BatteryCycleCount,NominalChargeCapacity',
        '2026-11-19 08:00:00,253,3100',
      ),
    }),
    // Nothing of it is for a list, and a worn battery is no attack.
    place: /BDC_Daily/,
    good: QUIET,
    says: /The battery was charged 253 times and holds 3100 mAh/,
  },
  {
    row: 'accessibility_tcc',
    artefact: 'ios.tcc',
    bad: await tcc('org.spy'),
    listed: app('org.spy'),
    place: /TCC\.db!\/access#1/,
    good: await tcc('org.app'),
  },
  {
    row: 'mobileactivation: a phone that was set back',
    artefact: 'ios.activation',
    bad: activation('is_prodfused_demoted: true'),
    rules: ['device.artefact.odd-activation'],
    place: /mobileactivationd\.log\.0:2/,
    good: activation('is_prodfused_demoted: false'),
    says: /The phone was set back to a state for development/,
  },
  {
    row: 'lockdownd: paired with a computer',
    artefact: 'ios.host-pairing',
    bad: lockdownd('handle_pair: Successfully paired with host 1234'),
    rules: ['device.artefact.host-paired'],
    place: /lockdownd\.log:1/,
    good: lockdownd('lockstart_local: Build version: 23G90'),
  },
  {
    row: 'sys: an old system',
    bad: sysdiagnose({}, { version: '16.7.10', build: '20H350' }),
    rules: ['device.update.available'],
    place: /SystemVersion\.plist/,
    good: QUIET,
  },
  // Names of networks are in no list: who was where and when is for the timeline.
  {
    row: 'wifi_known_networks',
    artefact: 'ios.wifi-network',
    bad: wifi('Free'),
    place: /known-networks\.plist#wifi\.network\.ssid\.Free/,
    good: QUIET,
    says: /The phone joined the network Free \(Open\)/,
  },
  {
    row: 'wifisecurity',
    artefact: 'ios.wifi-network',
    bad: wifi('Free'),
    place: /WiFi\/security\.txt:1/,
    good: QUIET,
    says: /The phone keeps the password of the network Home/,
  },
  {
    row: 'networkextension: a VPN',
    artefact: 'ios.network-configuration',
    bad: extension('VPN', 'vpn.evil.test'),
    rules: ['device.artefact.network-configuration'],
    listed: domain('evil.test'),
    place: /com\.apple\.networkextension\.plist#\$objects\/1/,
    good: extension('AppPush', 'vpn.evil.test'),
  },
  {
    row: 'security_sysdiagnose',
    artefact: 'ios.keychain-event',
    bad: security('c2.evil.test'),
    listed: domain('evil.test'),
    place: /security-sysdiagnose\.txt:2/,
    good: security('good.test'),
  },
  {
    row: 'swcutil',
    artefact: 'ios.associated-domain',
    bad: swcutil('org.spy', 'evil.test'),
    listed: domain('evil.test'),
    place: /swcutil_show\.txt:2/,
    good: swcutil('org.app', 'good.test'),
    says: /org\.spy belongs with evil\.test \(applinks\)/,
  },
  {
    row: 'transparency',
    artefact: 'ios.key-transparency',
    bad: transparency('com.apple.spy'),
    listed: app('com.apple.spy'),
    place: /transparency\.log#registration\/0/,
    good: transparency('com.apple.private.alloy.imessage'),
  },
];

/**
 * A powerlog of one app over days: hour by hour its energy in mAh at four volts, all of it while nobody had the app in front. Real ones reach back some days; those of one phone are joined by its history.
 */
export async function powerlogOfDays(mah: readonly number[], until: string): Promise<Files> {
  const start = Date.parse(until) / 1000 - mah.length * 3600;
  return sysdiagnose({
    'logs/powerlogs/CurrentPowerlog.PLSQL': await database(
      'create table PLAccountingOperator_EventNone_Nodes (ID integer primary key, Name text)',
      "insert into PLAccountingOperator_EventNone_Nodes values (9, 'org.example.app')",
      'create table PLAccountingOperator_Aggregate_RootNodeEnergy (ID integer primary key, timestamp real, timeInterval real, NodeID integer, RootNodeID integer, Energy real)',
      'create table PLAppTimeService_Aggregate_AppRunTime (ID integer primary key, timestamp real, BundleID text, ScreenOnTime real)',
      'create table PLBatteryAgent_EventBackward_Battery (ID integer primary key, timestamp real, Voltage integer, DesignCapacity integer, ExternalConnected integer)',
      ...mah.flatMap((amount, index) => {
        const at = start + index * 3600;
        return [
          [
            'insert into PLAccountingOperator_Aggregate_RootNodeEnergy values (null, ?, 3600, 9, 1, ?)',
            at,
            amount * 4000,
          ],
          ['insert into PLBatteryAgent_EventBackward_Battery values (null, ?, 4000, 3200, 0)', at + 60],
        ] as const;
      }),
    ),
  });
}
