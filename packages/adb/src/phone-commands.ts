/** One question to a phone. */
export interface PhoneCommand {
  readonly command: string;
  /** Asked in this order where the answer is none: older versions of Android do not know every option. */
  readonly instead?: readonly string[];
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const MB = 1024 * 1024;
const quick = (command: string, ...instead: string[]): PhoneCommand => ({
  command,
  ...(instead.length === 0 ? {} : { instead }),
  timeoutMs: 20_000,
  maxBytes: 8 * MB,
});
/** A dump of a system service: large, and slow on a busy phone. */
const dump = (service: string, maxBytes = 32 * MB): PhoneCommand => ({
  command: `dumpsys ${service}`,
  timeoutMs: 90_000,
  maxBytes,
});

/** The question that tells whether a phone answers at all. */
export const FIRST_COMMAND = 'getprop';

/**
 * What a check asks of a phone, all of it read-only and none of it in need of root. The answers are those that `forensics` reads; they hold the apps, the settings and
 * the state of the system, and no messages, pictures or contacts.
 */
export const PHONE_COMMANDS: readonly PhoneCommand[] = [
  quick(FIRST_COMMAND),
  quick('settings list global', 'cmd settings list global'),
  quick('settings list secure', 'cmd settings list secure'),
  quick('settings list system', 'cmd settings list system'),
  quick(
    'pm list packages -f -U -i --show-versioncode',
    'pm list packages -f -U -i',
    'pm list packages -f -i',
    'pm list packages --user 0 -f -i',
  ),
  quick('pm list packages -s', 'pm list packages --user 0 -s'),
  quick('pm list packages -3', 'pm list packages --user 0 -3'),
  quick('pm list packages -d'),
  quick('getenforce'),
  quick('mount', 'cat /proc/mounts'),
  quick('ps -A', 'ps'),
  quick('which -a su magisk ksud apd'),
  quick('ls -laZ /data/local/tmp'),
  quick('locksettings get-disabled'),
  quick('bmgr enabled'),
  quick('date +%s'),
  quick('cmd appops query-op REQUEST_INSTALL_PACKAGES allow'),
  dump('accessibility'),
  dump('lock_settings'),
  dump('trust'),
  dump('appops'),
  dump('adb'),
  dump('device_policy'),
  dump('platform_compat'),
  dump('media_projection', 1 * MB),
  dump('batterystats'),
  dump('batterystats -c'),
  dump('netstats detail'),
  dump('package', 96 * MB),
];
