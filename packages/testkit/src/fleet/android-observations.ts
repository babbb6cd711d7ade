import type { DeviceFacts, Trust } from '@vedette/contracts';
import type { DeviceProfile, Problem } from './profile.ts';

export type KeyedValue = readonly [key: string, value: string, trust?: Trust];

/**
 * What an Android agent would observe, under the keys that `posture` lists. A reticent device
 * tells its build properties and refuses the rest, as a locked-down work profile does.
 */
export function androidObservations(
  profile: DeviceProfile,
  facts: DeviceFacts,
  has: (problem: Problem) => boolean,
): KeyedValue[] {
  const build: KeyedValue[] = [
    ['getprop.ro.product.manufacturer', facts.manufacturer ?? ''],
    ['getprop.ro.product.model', facts.model ?? ''],
    ['getprop.ro.build.version.release', facts.osVersion ?? ''],
    ['getprop.ro.build.version.sdk', String(facts.sdkLevel ?? '')],
    ['getprop.ro.build.version.security_patch', facts.patchLevel ?? ''],
  ];
  if (profile.reticent)
    return [...build, ['denied.settings.global', 'Permission denied'], ['denied.settings.secure', 'Permission denied']];
  return [...build, ...bootState(facts, has('rooted')), ...settings(has), ...rootTraces(has('rooted'))];
}

function bootState(facts: DeviceFacts, rooted: boolean): KeyedValue[] {
  const state: KeyedValue[] = [
    ['getprop.ro.vendor.build.security_patch', facts.patchLevel ?? ''],
    ['getprop.ro.build.type', 'user'],
    ['getprop.ro.build.tags', 'release-keys'],
    ['getprop.ro.debuggable', '0'],
    ['getprop.ro.secure', '1'],
    ['getprop.ro.crypto.state', 'encrypted'],
    ['getprop.ro.crypto.type', 'file'],
    ['getprop.ro.boot.verifiedbootstate', rooted ? 'orange' : 'green'],
    ['getprop.ro.boot.flash.locked', rooted ? '0' : '1'],
    ['getprop.ro.boot.vbmeta.device_state', rooted ? 'unlocked' : 'locked'],
    ['getprop.ro.boot.veritymode', 'enforcing'],
    ['selinux.mode', 'Enforcing'],
  ];
  return facts.build === null ? state : [...state, ['getprop.ro.build.fingerprint', facts.build]];
}

function settings(has: (problem: Problem) => boolean): KeyedValue[] {
  const debugging = has('usb-debugging') || has('rooted') ? '1' : '0';
  const unlocked = has('no-screen-lock');
  return [
    ['settings.global.adb_enabled', debugging],
    ['settings.global.adb_wifi_enabled', '0'],
    ['settings.global.development_settings_enabled', debugging],
    ['settings.global.package_verifier_enable', '1'],
    ['settings.global.package_verifier_user_consent', '1'],
    ['settings.global.http_proxy', 'null'],
    ['settings.global.global_http_proxy_host', 'null'],
    ['settings.global.private_dns_mode', 'opportunistic'],
    ['settings.secure.accessibility_enabled', '0'],
    ['settings.secure.enabled_accessibility_services', 'null'],
    ['settings.secure.install_non_market_apps', 'null'],
    ['accessibility.service.count', '0'],
    ['settings.secure.enabled_notification_listeners', 'null'],
    ['settings.secure.default_input_method', 'com.google.android.inputmethod.latin/.LatinIME'],
    ['settings.secure.always_on_vpn_app', 'null'],
    ['settings.system.screen_off_timeout', '60000'],
    ['device-policy.admin.count', '0'],
    ['appops.system-alert-window.count', '0'],
    ['appops.get-usage-stats.count', '0'],
    ['appops.mock-location.count', '0'],
    ['media-projection.app.count', '0'],
    ['trust.agent.count', '0'],
    ['agent.usb_mode', 'none'],
    ['agent.user_ca.count', '0'],
    ['agent.password_complexity', unlocked ? 'none' : 'medium'],
    ['agent.advanced_protection', 'false'],
    ['lock.credential', unlocked ? 'NONE' : 'PIN'],
    ...(has('sideloaded-app') || has('listed-app')
      ? ([
          ['appops.request-install-packages', 'org.mozilla.firefox'],
          ['appops.request-install-packages.count', '1'],
        ] as const)
      : ([['appops.request-install-packages.count', '0']] as const)),
  ];
}

/** Traces of Magisk as forensics finds them; on every other phone the same questions were asked and nothing was found. */
function rootTraces(rooted: boolean): KeyedValue[] {
  const found: KeyedValue[] = rooted
    ? [
        ['root.binary', '/debug_ramdisk/su'],
        ['mount.root-marker', 'magisk on /debug_ramdisk type tmpfs (rw,seclabel,relatime,size=0k,mode=755)'],
        ['process.root-marker', 'magiskd'],
      ]
    : [];
  const count = rooted ? '1' : '0';
  return [
    ...found,
    ['root.binary.count', count],
    ['mount.root-marker.count', count],
    ['mount.writable-system.count', '0'],
    ['process.root-marker.count', count],
    ['file.temporary-executable.count', '0'],
  ];
}
