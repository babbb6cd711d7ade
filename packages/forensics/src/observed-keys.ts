/**
 * The system properties and settings that are kept as observations. Everything else in these lists stays in the evidence:
 * it says nothing about the security of the device, and some of it (names, addresses, accounts) is nobody's business.
 */
export const OBSERVED_PROPERTIES: ReadonlySet<string> = new Set([
  'ro.adb.secure',
  'ro.boot.flash.locked',
  'ro.boot.qemu',
  'ro.boot.selinux',
  'ro.boot.vbmeta.device_state',
  'ro.boot.verifiedbootstate',
  'ro.boot.veritymode',
  'ro.boot.warranty_bit',
  'ro.build.display.id',
  'ro.build.fingerprint',
  'ro.build.selinux',
  'ro.build.tags',
  'ro.build.type',
  'ro.build.version.release',
  'ro.build.version.sdk',
  'ro.build.version.security_patch',
  'ro.crypto.state',
  'ro.crypto.type',
  'ro.debuggable',
  'ro.hardware',
  'ro.kernel.qemu',
  'ro.product.brand',
  'ro.product.manufacturer',
  'ro.product.model',
  'ro.product.vendor.manufacturer',
  'ro.product.vendor.model',
  'ro.secure',
  'ro.vendor.build.security_patch',
  'init.svc.adbd',
  'service.adb.tcp.port',
  'sys.oem_unlock_allowed',
  'sys.usb.state',
]);

/** Settings kept, per namespace. */
export const OBSERVED_SETTINGS: Readonly<Record<SettingsNamespace, ReadonlySet<string>>> = {
  global: new Set([
    'adb_enabled',
    'adb_wifi_enabled',
    'development_settings_enabled',
    'global_http_proxy_host',
    'global_http_proxy_pac',
    'global_http_proxy_port',
    'global_proxy_pac_url',
    'http_proxy',
    'package_verifier_enable',
    'package_verifier_user_consent',
    'private_dns_mode',
    'private_dns_specifier',
    'upload_apk_enable',
    'verifier_verify_adb_installs',
  ]),
  secure: new Set([
    'accessibility_enabled',
    'advanced_protection_mode',
    'always_on_vpn_app',
    'assistant',
    'default_input_method',
    'dialer_default_application',
    'enabled_accessibility_services',
    'enabled_notification_listeners',
    'install_non_market_apps',
    'lock_screen_lock_after_timeout',
    'sms_default_application',
  ]),
  system: new Set(['screen_off_timeout']),
};

export const SETTINGS_NAMESPACES = ['global', 'secure', 'system'] as const;
export type SettingsNamespace = (typeof SETTINGS_NAMESPACES)[number];
