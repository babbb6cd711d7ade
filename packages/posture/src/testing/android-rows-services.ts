import { adb, bugReport } from './android-evidence.ts';
import { type ArtefactRow, app } from './artefact-row.ts';

const ACCESSIBILITY = (services: string): string =>
  `ACCESSIBILITY MANAGER (dumpsys accessibility)\n\nUser state[\n     attributes:{id=0}\n     Enabled services:{${services}}\n     ]\n`;
const RESOLVER = (activity: string, receiver: string): string => `Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:
        bbb2 ${activity} filter 34
Receiver Resolver Table:
  Non-Data Actions:
      android.provider.Telephony.SMS_RECEIVED:
        ccc3 ${receiver} filter 56
Packages:
  Package [org.app] (abc1234):
    userId=10200
    versionCode=1 minSdk=24 targetSdk=36
    versionName=1
    installerPackageName=com.android.vending
`;
const APPOPS = (app: string, operation: string, use: string): string => `Current AppOps Service state:
  Uid u0a250:
    Package ${app}:
      ${operation} (allow):
        null=[
          ${use}: [fg-s]2026-11-18 08:10:11.123 (-2d3h)
        ]
`;
const DAILY = (...lines: readonly string[]): string =>
  `Daily stats:\n  Daily from 2026-11-02-08-00-00 to 2026-11-03-01-00-00:\n    Update org.example.app vers=7\n  Daily from 2026-11-03-08-00-00 to 2026-11-04-01-00-00:\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
const HISTORY = (app: string): string =>
  `Battery History (2% used):\n          0 (10) RESET:TIME: 2026-11-01-10-00-00\n  +1m5s250ms (2) 098 +job=u0a12:"${app}/.Job"\n`;
const DBINFO = (app: string): string =>
  `Applications Database Info:\n** Database info for pid 42 [${app}] **\nConnection pool for /data/user/0/${app}/databases/a.db:\n  Most recently executed operations:\n        0: [2026-11-01 10:11:12.123] [Pid:(42)] executeForString took 0ms - succeeded, sql="SELECT 1"\n`;
const COMPAT = (app: string): string =>
  `ChangeId(168419799; name=DOWNSCALED; disabled; packageOverrides={}; rawOverrides={${app}=false}; overridable)\n`;
const KEY = (mark: string): string => `QAAAA${mark.repeat(690)}==`;
const ADB_STATE = (...hosts: readonly string[]): string =>
  `ADB MANAGER STATE (dumpsys adb):\n{\n  debugging_manager={\n    connected_to_adb=true\n${hosts.map((host, index) => `${index === 0 ? '    user_keys=' : ''}${KEY(String.fromCharCode(65 + index))} ${host}`).join('\n')}\n  }\n}\n`;

export const ANDROID_SERVICE_ROWS: readonly ArtefactRow[] = [
  {
    row: 'A1 accessibility services',
    bad: adb('dumpsys_accessibility', ACCESSIBILITY('{org.spy/.Watch}')),
    rules: ['device.app.accessibility'],
    listed: app('org.spy'),
    place: /dumpsys_accessibility\.txt:5/,
    good: adb('dumpsys_accessibility', ACCESSIBILITY('')),
  },
  {
    row: 'A2 accessibility services in a bug report',
    bad: bugReport('accessibility', ACCESSIBILITY('{org.spy/.Watch}')),
    rules: ['device.app.accessibility'],
    listed: app('org.spy'),
    place: /bugreport-.*\.txt:\d+/,
    good: bugReport('accessibility', ACCESSIBILITY('')),
  },
  {
    row: 'A3 activities that answer intents',
    bad: adb('dumpsys_package', RESOLVER('org.spy/.Start', 'org.app/.Sms')),
    listed: app('org.spy'),
    place: /dumpsys_package\.txt:4/,
    good: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.app/.Sms')),
  },
  {
    row: 'A4 computers that may debug',
    bad: adb('dumpsys_adb', ADB_STATE('anna@desk', 'mallory@lab')),
    rules: ['device.developer.trusted-hosts'],
    place: /dumpsys_adb\.txt/,
    good: adb('dumpsys_adb', ADB_STATE('anna@desk')),
  },
  {
    row: 'A5 operations of apps: installing others',
    bad: adb('dumpsys_appops', APPOPS('org.spy', 'REQUEST_INSTALL_PACKAGES', 'Access')),
    rules: ['device.apps.unknown-sources', 'device.artefact.installs-requested'],
    listed: app('org.spy'),
    place: /dumpsys_appops\.txt:\d/,
    good: adb('dumpsys_appops', APPOPS('org.app', 'CAMERA', 'Access')),
  },
  {
    row: 'A5 operations of the shell',
    bad: adb('dumpsys_appops', APPOPS('com.android.shell', 'READ_CONTACTS', 'Access')),
    rules: ['device.artefact.shell-used-power'],
    place: /dumpsys_appops\.txt:\d/,
    good: adb('dumpsys_appops', APPOPS('com.android.shell', 'READ_CONTACTS', 'Reject')),
  },
  {
    row: 'A6 operations of apps in a bug report',
    bad: bugReport('appops', APPOPS('org.spy', 'REQUEST_INSTALL_PACKAGES', 'Access')),
    rules: ['device.apps.unknown-sources', 'device.artefact.installs-requested'],
    listed: app('org.spy'),
    place: /bugreport-.*\.txt:\d+/,
    good: bugReport('appops', APPOPS('org.app', 'CAMERA', 'Access')),
  },
  {
    row: 'A7 daily changes: a downgrade',
    bad: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=5')),
    rules: ['device.artefact.app-downgraded'],
    listed: app('org.example.app'),
    place: /dumpsys_batterystats\.txt:5/,
    good: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=8').replaceAll('org.example', 'org.other')),
  },
  {
    row: 'A7 daily changes: a removal',
    bad: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=0')),
    rules: ['device.artefact.app-removed'],
    place: /dumpsys_batterystats\.txt:5/,
    good: adb('dumpsys_batterystats', DAILY('Update org.example.app vers=7')),
  },
  {
    row: 'A8 history of the battery',
    bad: adb('dumpsys_batterystats', HISTORY('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_batterystats\.txt:3/,
    good: adb('dumpsys_batterystats', HISTORY('org.app')),
  },
  {
    row: 'A9 databases that apps have open',
    bad: adb('dumpsys_dbinfo', DBINFO('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_dbinfo\.txt:5/,
    good: adb('dumpsys_dbinfo', DBINFO('org.app')),
  },
  {
    row: 'A12 overrides of apps that are gone',
    bad: adb('dumpsys_platform_compat', COMPAT('org.spy')),
    listed: app('org.spy'),
    place: /dumpsys_platform_compat\.txt:1/,
    good: adb('dumpsys_platform_compat', COMPAT('org.app')),
  },
  {
    row: 'A13 receivers of messages',
    bad: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.spy/.Sms')),
    listed: app('org.spy'),
    place: /dumpsys_package\.txt:8/,
    good: adb('dumpsys_package', RESOLVER('org.app/.Start', 'org.app/.Sms')),
  },
];
