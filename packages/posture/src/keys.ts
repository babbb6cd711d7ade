import type { SignalId } from '@vedette/contracts';

/** One kind of observation that judging understands. */
export interface ObservationKey {
  /** The signal it counts for; null: it names the device or refines others. */
  readonly signal: SignalId | null;
  /** What the value may be. */
  readonly values: string;
  /** Where it comes from. */
  readonly from: string;
}

/**
 * Every observation key that is judged. Collectors, agents and simulators write these; anything else is carried along and
 * not judged.
 *
 * Conventions: `getprop.<property>` and `settings.<namespace>.<key>` hold the raw value as Android prints it (`null`: not
 * set). A key that names a sign (`root.binary`) occurs once per sign found; its `<key>.count` says how many a complete look
 * found, and only a count of `0` is evidence of absence. `denied.<artefact>` says that a question was refused, and why.
 * Booleans are `true` and `false` (`1` and `0`, `on` and `off` are understood). `agent.*` and `ios.*` keys are what an agent
 * reads through the public API of its platform, `attestation.*` what a server verified.
 */
export const OBSERVATION_KEYS = {
  // System
  'getprop.ro.build.version.release': { signal: 'os.version', values: '16, 8.1.0', from: 'Android properties' },
  'agent.os_version': { signal: 'os.version', values: '16', from: 'Android agent: Build.VERSION.RELEASE' },
  'attestation.os-version': {
    signal: 'os.version',
    values: '16, 8.1, 26.6.1',
    from: 'key attestation tag 705, managed device attestation',
  },
  'attestation.boot-patch-level': { signal: null, values: '2026-10-05', from: 'key attestation tag 719' },
  'ios.version': { signal: 'os.version', values: '26.6.1', from: 'iOS agent, MDM' },
  'getprop.ro.build.version.security_patch': {
    signal: 'os.patch-level',
    values: '2026-10-05',
    from: 'Android properties',
  },
  'agent.patch_level': { signal: 'os.patch-level', values: '2026-10-05', from: 'Android agent: SECURITY_PATCH' },
  'attestation.patch-level': {
    signal: 'os.patch-level',
    values: '2026-10-05, 202610',
    from: 'key attestation tag 706',
  },
  'getprop.ro.soc.manufacturer': { signal: null, values: 'QTI, Google, Mediatek', from: 'Android properties' },
  'ios.backup.encrypted': { signal: null, values: 'boolean', from: 'Manifest.plist of a backup' },
  'ios.supervised': { signal: null, values: 'boolean', from: 'MDM DeviceInformation' },
  'ios.model': { signal: null, values: 'iPhone11,8', from: 'iOS agent, MDM' },
  'getprop.ro.vendor.build.security_patch': {
    signal: 'os.vendor-patch',
    values: '2026-10-05',
    from: 'Android properties',
  },
  'attestation.vendor-patch-level': {
    signal: 'os.vendor-patch',
    values: '2026-10-05, 20261005',
    from: 'key attestation tag 718',
  },
  'getprop.ro.build.version.sdk': { signal: null, values: '36', from: 'Android properties' },
  'agent.sdk_level': { signal: null, values: '36', from: 'Android agent: SDK_INT' },
  'getprop.ro.crypto.state': {
    signal: 'storage.encryption',
    values: 'encrypted, unencrypted',
    from: 'Android properties',
  },
  'agent.storage_encryption': {
    signal: 'storage.encryption',
    values: 'boolean, or active, per-user, default-key, inactive, unsupported',
    from: 'Android agent: DevicePolicyManager.getStorageEncryptionStatus',
  },
  'ios.hardware-encryption-caps': { signal: 'storage.encryption', values: '0 to 3', from: 'MDM SecurityInfo' },
  'ios.data-protection': { signal: 'storage.encryption', values: 'boolean', from: 'iOS agent' },
  'system-update.state': {
    signal: 'os.update',
    values: 'up-to-date, available, security, upgrade',
    from: 'Android Management API, MDM',
  },
  'system-update.since': { signal: null, values: 'ISO 8601', from: 'Android Management API' },
  'system-update.version': { signal: null, values: '26.6.1', from: 'MDM AvailableOSUpdates, declarative status' },
  'system-update.failure': { signal: 'os.update', values: 'what the device says', from: 'MDM declarative status' },
  'settings.secure.advanced_protection_mode': { signal: 'os.hardened-mode', values: '0, 1, null', from: 'settings' },
  'agent.advanced_protection': {
    signal: 'os.hardened-mode',
    values: 'boolean',
    from: 'Android agent: AdvancedProtectionManager',
  },
  'ios.lockdown-mode': { signal: 'os.hardened-mode', values: 'boolean', from: 'backup, MDM' },
  'getprop.ro.product.model': { signal: 'os.device-support', values: 'Pixel 9', from: 'Android properties' },
  'agent.model': { signal: 'os.device-support', values: 'Pixel 9', from: 'Android agent: Build.MODEL' },
  'clock.skew': { signal: 'os.clock', values: 'seconds, negative: the device is behind', from: 'ADB: date; server' },
  'ios.profile.unmanaged': { signal: 'os.profiles', values: 'name: payload types', from: 'MDM ProfileList, USB' },
  'ios.profile.unstated': {
    signal: 'os.profiles',
    values: 'name: payload types',
    from: 'USB: does not say who installed it',
  },
  'ios.profile.count': { signal: 'os.profiles', values: 'number', from: 'MDM ProfileList, USB' },
  // Lock
  'ios.activation-lock': { signal: 'lock.find-my', values: 'boolean', from: 'MDM DeviceInformation' },
  'ios.device-locator': { signal: 'lock.find-my', values: 'boolean', from: 'MDM DeviceInformation' },
  'ios.passcode.compliant': { signal: 'lock.quality', values: 'boolean', from: 'MDM SecurityInfo' },
  'settings.system.screen_off_timeout': { signal: 'lock.timeout', values: 'milliseconds', from: 'settings' },
  'settings.secure.lock_screen_lock_after_timeout': { signal: null, values: 'milliseconds', from: 'settings' },
  'lock.credential': { signal: 'lock.screen', values: 'NONE, PATTERN, PIN, PASSWORD', from: 'dumpsys lock_settings' },
  'lock.device-locked': { signal: 'lock.screen', values: '1', from: 'dumpsys trust' },
  'lock.disabled': { signal: 'lock.screen', values: 'boolean', from: 'locksettings get-disabled' },
  'agent.screen_lock': {
    signal: 'lock.screen',
    values: 'boolean',
    from: 'Android agent: KeyguardManager.isDeviceSecure',
  },
  'ios.passcode.present': { signal: 'lock.screen', values: 'boolean', from: 'iOS agent, MDM SecurityInfo' },
  'agent.password_complexity': {
    signal: 'lock.quality',
    values: 'none, low, medium, high',
    from: 'Android agent: DevicePolicyManager.getPasswordComplexity',
  },
  'trust.agent': { signal: 'lock.trust-agents', values: 'component', from: 'dumpsys trust, Android agent' },
  'trust.agent.count': { signal: 'lock.trust-agents', values: 'number', from: 'dumpsys trust, Android agent' },
  // Developer
  'settings.global.development_settings_enabled': {
    signal: 'developer.options',
    values: '0, 1, null',
    from: 'settings',
  },
  'agent.developer_options': { signal: 'developer.options', values: 'boolean', from: 'Android agent: Settings.Global' },
  'settings.global.adb_enabled': { signal: 'developer.usb-debugging', values: '0, 1', from: 'settings' },
  'agent.usb_debugging': {
    signal: 'developer.usb-debugging',
    values: 'boolean',
    from: 'Android agent: Settings.Global',
  },
  'settings.global.adb_wifi_enabled': {
    signal: 'developer.wireless-debugging',
    values: '0, 1, null',
    from: 'settings',
  },
  'getprop.service.adb.tcp.port': {
    signal: 'developer.wireless-debugging',
    values: '5555, -1',
    from: 'Android properties',
  },
  'agent.wireless_debugging': { signal: 'developer.wireless-debugging', values: 'boolean', from: 'Android agent' },
  'adb.trusted-host': { signal: null, values: 'name of a computer', from: 'dumpsys adb' },
  'adb.trusted-host.count': { signal: 'developer.trusted-hosts', values: 'number', from: 'dumpsys adb' },
  'getprop.sys.usb.state': { signal: 'developer.usb-mode', values: 'mtp,adb', from: 'Android properties' },
  'agent.usb_mode': {
    signal: 'developer.usb-mode',
    values: 'none, mtp, ptp, rndis, …',
    from: 'Android agent: UsbManager',
  },
  'ios.usb-restricted': {
    signal: 'developer.usb-mode',
    values: 'boolean',
    from: 'MDM RestrictionsList allowUSBRestrictedMode',
  },
  // Integrity
  'getprop.ro.boot.verifiedbootstate': {
    signal: 'integrity.verified-boot',
    values: 'green, yellow, orange, red',
    from: 'properties',
  },
  'cmdline.androidboot.verifiedbootstate': {
    signal: 'integrity.verified-boot',
    values: 'green, …',
    from: 'bug report header',
  },
  'getprop.ro.boot.veritymode': {
    signal: 'integrity.verified-boot',
    values: 'enforcing, eio, logging, disabled',
    from: 'properties',
  },
  'attestation.boot-state': {
    signal: 'integrity.verified-boot',
    values: 'VERIFIED, SELF_SIGNED, UNVERIFIED, FAILED',
    from: 'key attestation tag 704',
  },
  'getprop.ro.boot.flash.locked': { signal: 'integrity.bootloader', values: '0, 1', from: 'Android properties' },
  'getprop.ro.boot.vbmeta.device_state': {
    signal: 'integrity.bootloader',
    values: 'locked, unlocked',
    from: 'properties',
  },
  'cmdline.androidboot.vbmeta.device_state': {
    signal: 'integrity.bootloader',
    values: 'locked, unlocked',
    from: 'bug report header',
  },
  'agent.bootloader_locked': { signal: 'integrity.bootloader', values: 'boolean', from: 'Android agent' },
  'attestation.device-locked': { signal: 'integrity.bootloader', values: 'boolean', from: 'key attestation tag 704' },
  'getprop.ro.build.tags': {
    signal: 'integrity.build',
    values: 'release-keys, test-keys, dev-keys',
    from: 'properties',
  },
  'getprop.ro.build.type': { signal: 'integrity.build', values: 'user, userdebug, eng', from: 'properties' },
  'getprop.ro.debuggable': { signal: 'integrity.build', values: '0, 1', from: 'properties' },
  'getprop.ro.secure': { signal: 'integrity.build', values: '0, 1', from: 'properties' },
  'agent.build_tags': { signal: 'integrity.build', values: 'release-keys, …', from: 'Android agent: Build.TAGS' },
  'agent.build_type': { signal: 'integrity.build', values: 'user, …', from: 'Android agent: Build.TYPE' },
  'selinux.mode': { signal: 'integrity.selinux', values: 'Enforcing, Permissive, Disabled', from: 'getenforce' },
  'root.binary': { signal: 'integrity.root', values: 'path', from: 'which -a, file list' },
  'root.binary.count': { signal: 'integrity.root', values: 'number', from: 'which -a' },
  'mount.root-marker': { signal: 'integrity.root', values: 'mount line', from: 'mount' },
  'mount.root-marker.count': { signal: 'integrity.root', values: 'number', from: 'mount' },
  'process.root-marker': { signal: 'integrity.root', values: 'process name', from: 'ps' },
  'process.root-marker.count': { signal: 'integrity.root', values: 'number', from: 'ps' },
  'agent.root.su-path': { signal: 'integrity.root', values: 'path', from: 'Android agent; send as heuristic' },
  'agent.root.mount': { signal: 'integrity.root', values: 'mount line', from: 'Android agent; send as heuristic' },
  'agent.root.hook': { signal: 'integrity.root', values: 'what was seen', from: 'Android agent; send as heuristic' },
  'agent.root.checks': { signal: 'integrity.root', values: 'number of checks made', from: 'Android agent; heuristic' },
  'ios.jailbreak.path': { signal: 'integrity.root', values: 'path', from: 'iOS agent; send as heuristic' },
  'ios.jailbreak.url-scheme': { signal: 'integrity.root', values: 'scheme', from: 'iOS agent; send as heuristic' },
  'ios.jailbreak.library': { signal: 'integrity.root', values: 'library name', from: 'iOS agent; send as heuristic' },
  'ios.jailbreak.sandbox': {
    signal: 'integrity.root',
    values: 'what was possible',
    from: 'iOS agent; send as heuristic',
  },
  'ios.jailbreak.checks': { signal: 'integrity.root', values: 'number of checks made', from: 'iOS agent; heuristic' },
  'mount.writable-system': { signal: 'integrity.system-mounts', values: 'mount line', from: 'mount' },
  'mount.writable-system.count': { signal: 'integrity.system-mounts', values: 'number', from: 'mount' },
  'file.temporary-executable': { signal: 'integrity.planted-files', values: 'path', from: 'file list, ls' },
  'file.temporary-executable.count': { signal: 'integrity.planted-files', values: 'number', from: 'file list, ls' },
  'process.temporary-executable': { signal: 'integrity.planted-files', values: 'path', from: 'ps' },
  'getprop.ro.kernel.qemu': { signal: 'integrity.emulator', values: '1', from: 'Android properties' },
  'getprop.ro.boot.qemu': { signal: 'integrity.emulator', values: '1', from: 'Android properties' },
  'getprop.ro.hardware': { signal: 'integrity.emulator', values: 'ranchu, tensor', from: 'Android properties' },
  'getprop.ro.build.fingerprint': {
    signal: 'integrity.emulator',
    values: 'brand/product/device:…',
    from: 'Android properties',
  },
  'agent.emulator': { signal: 'integrity.emulator', values: 'what was seen', from: 'Android agent; send as heuristic' },
  // Apps
  'settings.secure.install_non_market_apps': {
    signal: 'apps.unknown-sources',
    values: '0, 1; up to Android 7.1',
    from: 'settings',
  },
  'appops.request-install-packages': { signal: 'apps.unknown-sources', values: 'package', from: 'appops' },
  'appops.request-install-packages.count': { signal: 'apps.unknown-sources', values: 'number', from: 'appops' },
  'agent.unknown_sources': { signal: 'apps.unknown-sources', values: 'boolean', from: 'Android agent, management API' },
  'settings.global.package_verifier_enable': { signal: 'apps.verifier', values: '0, 1', from: 'settings' },
  'settings.global.package_verifier_user_consent': { signal: 'apps.verifier', values: '-1, 0, 1', from: 'settings' },
  'settings.global.verifier_verify_adb_installs': { signal: 'apps.verifier', values: '0, 1', from: 'settings' },
  'agent.app_verifier': { signal: 'apps.verifier', values: 'boolean', from: 'Android agent, Play Integrity' },
  'apps.inventory': { signal: 'apps.sideloaded', values: 'number of apps in a complete inventory', from: 'any' },
  'settings.secure.enabled_accessibility_services': {
    signal: 'apps.accessibility',
    values: 'components joined by colons, empty, null',
    from: 'settings, Android agent',
  },
  'accessibility.service': { signal: 'apps.accessibility', values: 'component', from: 'dumpsys accessibility' },
  'accessibility.service.count': { signal: 'apps.accessibility', values: 'number', from: 'dumpsys accessibility' },
  'settings.secure.enabled_notification_listeners': {
    signal: 'apps.notification-access',
    values: 'components joined by colons, empty, null',
    from: 'settings',
  },
  'agent.notification_listener': { signal: 'apps.notification-access', values: 'package', from: 'Android agent' },
  'agent.notification_listener.count': { signal: 'apps.notification-access', values: 'number', from: 'Android agent' },
  'device-policy.admin': {
    signal: 'apps.device-admin',
    values: 'package',
    from: 'dumpsys device_policy, Android agent',
  },
  'device-policy.admin.count': { signal: 'apps.device-admin', values: 'number', from: 'dumpsys device_policy' },
  'device-policy.device-owner': { signal: null, values: 'package', from: 'dumpsys device_policy' },
  'device-policy.profile-owner': { signal: null, values: 'package', from: 'dumpsys device_policy' },
  'appops.system-alert-window': { signal: 'apps.overlay', values: 'package', from: 'appops' },
  'appops.system-alert-window.count': { signal: 'apps.overlay', values: 'number', from: 'appops' },
  'appops.get-usage-stats': { signal: 'apps.usage-access', values: 'package', from: 'appops' },
  'appops.get-usage-stats.count': { signal: 'apps.usage-access', values: 'number', from: 'appops' },
  'appops.mock-location': { signal: 'developer.mock-location', values: 'package', from: 'appops' },
  'appops.mock-location.count': { signal: 'developer.mock-location', values: 'number', from: 'appops' },
  'media-projection.app': { signal: 'apps.screen-capture', values: 'package', from: 'dumpsys media_projection' },
  'media-projection.app.count': { signal: 'apps.screen-capture', values: 'number', from: 'dumpsys media_projection' },
  'settings.secure.default_input_method': { signal: 'apps.defaults', values: 'component', from: 'settings' },
  'settings.secure.sms_default_application': { signal: 'apps.defaults', values: 'package', from: 'settings' },
  'settings.secure.dialer_default_application': { signal: 'apps.defaults', values: 'package', from: 'settings' },
  'settings.secure.always_on_vpn_app': { signal: 'network.always-on-vpn', values: 'package, null', from: 'settings' },
  'settings.secure.assistant': { signal: 'apps.defaults', values: 'component', from: 'settings' },
  'backup.enabled': { signal: 'apps.cloud-backup', values: 'boolean', from: 'bmgr enabled, dumpsys backup' },
  'ios.cloud-backup': { signal: 'apps.cloud-backup', values: 'boolean', from: 'MDM DeviceInformation' },
  // Network
  'agent.user_ca': { signal: 'network.user-ca', values: 'subject', from: 'Android agent: AndroidCAStore' },
  'agent.user_ca.count': { signal: 'network.user-ca', values: 'number', from: 'Android agent: AndroidCAStore' },
  'ios.added-root': { signal: 'network.user-ca', values: 'name', from: 'MDM CertificateList' },
  'ios.added-root.count': { signal: 'network.user-ca', values: 'number', from: 'MDM CertificateList' },
  'ios.managed-roots': {
    signal: null,
    values: 'boolean',
    from: 'MDM ProfileList: a managed profile brings certificates',
  },
  'settings.global.private_dns_mode': {
    signal: 'network.private-dns',
    values: 'off, opportunistic, hostname, null',
    from: 'settings',
  },
  'settings.global.private_dns_specifier': { signal: null, values: 'host name', from: 'settings' },
  'settings.global.http_proxy': { signal: 'network.proxy', values: 'host:port, :0, empty, null', from: 'settings' },
  'settings.global.global_proxy_pac_url': { signal: 'network.proxy', values: 'URL', from: 'settings' },
  'agent.http_proxy': { signal: 'network.proxy', values: 'host:port, none', from: 'agent' },
  'ios.http_proxy': { signal: 'network.proxy', values: 'host:port, none', from: 'iOS agent' },
  'network.probe': {
    signal: 'network.tampering',
    values: 'clean, tampered, inconclusive',
    from: 'network probe of the agent',
  },
  // Management
  'management.compliant': {
    signal: 'agent.management',
    values: 'boolean',
    from: 'Android Management API policyCompliant',
  },
  'management.violation': {
    signal: null,
    values: 'setting: reason',
    from: 'Android Management API nonComplianceDetails',
  },
} as const satisfies Record<string, ObservationKey>;

export type ObservationKeyName = keyof typeof OBSERVATION_KEYS;
