/** How the answers to some commands begin, whatever their file is called: patterns over the first kilobytes, the first that fits wins. */
const SIGNS: readonly (readonly [slug: string, pattern: RegExp])[] = [
  ['getprop', /^\[(?:ro|persist|sys|dalvik|init|gsm)\.[\w.-]+\]: \[/m],
  ['dumpsys', /^DUMP OF SERVICE \S+:/m],
  ['dumpsys_package', /^(?:Database versions:|Packages:\s*$[\s\S]{0,400}?^\s+Package \[)/m],
  ['dumpsys_accessibility', /^ACCESSIBILITY MANAGER \(dumpsys accessibility\)/m],
  ['dumpsys_appops', /^Current AppOps Service state:/m],
  ['dumpsys_batterystats', /^(?:Battery History \(|Statistics since last charge:|Daily stats:)/m],
  ['dumpsys_batterystats_c', /^9,0,i,vers,\d+,/m],
  ['dumpsys_netstats_detail', /^(?:Dev|UID) stats:\s*$[\s\S]{0,2000}?NetworkStatsHistory: bucketDuration=/m],
  ['dumpsys_device_policy', /^Current Device Policy Manager state:/m],
  ['dumpsys_media_projection', /^MEDIA PROJECTION MANAGER \(dumpsys media_projection\)/m],
  ['dumpsys_lock_settings', /^Current lock settings service state:/m],
  ['dumpsys_adb', /^ADB MANAGER STATE \(dumpsys adb\)/m],
  ['dumpsys_backup', /^Backup Manager is (?:en|dis)abled \//m],
  ['bmgr_enabled', /^Backup Manager currently (?:(?:en|dis)abled|(?:de)?activated)/m],
  ['dumpsys_trust', /^Trust manager state:/m],
  ['pm_list_packages_f_u_i', /^package:\/\S+\.apk=\S+/m],
  ['pm_list_packages', /^package:[a-z]\w*(?:\.\w+)+\s*$/im],
  [
    'settings_list_global',
    /^(?:adb_enabled|device_provisioned|development_settings_enabled|package_verifier_user_consent)=/m,
  ],
  ['settings_list_secure', /^(?:android_id|enabled_accessibility_services|default_input_method)=/m],
  ['settings_list_system', /^(?:screen_brightness|screen_off_timeout|haptic_feedback_enabled)=/m],
  ['ps_a', /^USER\s+PID\s+PPID\b.*\bNAME\s*$/m],
  ['mount', /^\S+ on \/\S* type \w+ \(/m],
  ['getenforce', /^\s*(?:Enforcing|Permissive|Disabled)\s*$/],
];

/**
 * Which command a text is the answer to, by what it says.
 * @param head its first kilobytes
 * @returns the command's slug as `adb-answers.ts` has them; null where nothing tells
 */
export function recogniseAnswer(head: string): string | null {
  return SIGNS.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}
