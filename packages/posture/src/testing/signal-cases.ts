import type { SignalId } from '@vedette/contracts';

/** Per signal: evidence that is good, evidence that is bad with the rule it fires, evidence that settles nothing. */
export const SIGNAL_CASES: readonly {
  readonly id: SignalId;
  readonly ok?: readonly (readonly (readonly [string, string])[])[];
  readonly bad?: readonly (readonly [readonly (readonly [string, string])[], string])[];
  readonly unknown?: readonly (readonly (readonly [string, string])[])[];
}[] = [
  {
    id: 'os.version',
    ok: [[['getprop.ro.build.version.release', '16']], [['agent.os_version', '14']]],
    bad: [
      [[['getprop.ro.build.version.release', '13']], 'device.os.unsupported'],
      [[['getprop.ro.build.version.release', '8.1.0']], 'device.os.unsupported'],
    ],
    unknown: [
      [['getprop.ro.build.version.release', '99']],
      [['getprop.ro.build.version.release', '1']],
      [['getprop.ro.build.version.release', 'Baklava']],
    ],
  },
  {
    id: 'os.patch-level',
    ok: [[['getprop.ro.build.version.security_patch', '2026-11-05']], [['agent.patch_level', '2026-12-01']]],
    bad: [
      [[['getprop.ro.build.version.security_patch', '2026-01-05']], 'device.patch-level.old'],
      [[['getprop.ro.build.version.security_patch', '2024-13-01']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', '2024-02-30']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', 'soon']], 'device.patch-level.unparseable'],
      [[['getprop.ro.build.version.security_patch', '2031-01-01']], 'device.patch-level.future'],
    ],
  },
  {
    id: 'os.exploited',
    ok: [[['getprop.ro.build.version.security_patch', '2026-11-05']], [['agent.patch_level', '2026-06-01']]],
    bad: [
      [[['getprop.ro.build.version.security_patch', '2026-05-05']], 'device.os.known-exploited'],
      [[['agent.patch_level', '2024-01-05']], 'device.os.known-exploited'],
    ],
    unknown: [[['getprop.ro.build.version.security_patch', 'soon']], [['ios.version', '26.6.1']]],
  },
  {
    id: 'storage.encryption',
    ok: [
      [['getprop.ro.crypto.state', 'encrypted']],
      [['agent.storage_encryption', 'per-user']],
      [['agent.storage_encryption', 'true']],
    ],
    bad: [
      [[['getprop.ro.crypto.state', 'unencrypted']], 'device.storage.unencrypted'],
      [[['agent.storage_encryption', 'inactive']], 'device.storage.unencrypted'],
    ],
    unknown: [[['getprop.ro.crypto.state', 'unsupportable']]],
  },
  {
    id: 'lock.screen',
    ok: [[['lock.credential', 'PIN']], [['lock.device-locked', '1']], [['agent.screen_lock', 'true']]],
    bad: [
      [[['lock.credential', 'NONE']], 'device.lock.none'],
      [[['lock.disabled', 'true']], 'device.lock.none'],
      [[['agent.screen_lock', 'false']], 'device.lock.none'],
    ],
    unknown: [[['lock.disabled', 'false']], [['lock.device-locked', '0']], [['lock.credential', 'GESTURE']]],
  },
  {
    id: 'developer.options',
    ok: [
      [['settings.global.development_settings_enabled', '0']],
      [['settings.global.development_settings_enabled', 'null']],
    ],
    bad: [
      [[['settings.global.development_settings_enabled', '1']], 'device.developer.options'],
      [[['agent.developer_options', 'true']], 'device.developer.options'],
    ],
    unknown: [[['settings.global.development_settings_enabled', '2']]],
  },
  {
    id: 'developer.usb-debugging',
    ok: [[['settings.global.adb_enabled', '0']], [['agent.usb_debugging', 'false']]],
    bad: [[[['settings.global.adb_enabled', '1']], 'device.developer.usb-debugging']],
    unknown: [[['settings.global.adb_enabled', 'null']], [['settings.global.adb_enabled', '']]],
  },
  {
    id: 'developer.wireless-debugging',
    ok: [[['settings.global.adb_wifi_enabled', '0']], [['settings.global.adb_wifi_enabled', 'null']]],
    bad: [
      [[['settings.global.adb_wifi_enabled', '1']], 'device.developer.wireless-debugging'],
      [
        [
          ['settings.global.adb_wifi_enabled', '0'],
          ['getprop.service.adb.tcp.port', '5555'],
        ],
        'device.developer.wireless-debugging',
      ],
    ],
    unknown: [[['getprop.service.adb.tcp.port', '-1']]],
  },
  {
    id: 'integrity.verified-boot',
    ok: [
      [
        ['getprop.ro.boot.verifiedbootstate', 'green'],
        ['getprop.ro.boot.veritymode', 'enforcing'],
      ],
    ],
    bad: [
      [[['getprop.ro.boot.verifiedbootstate', 'orange']], 'device.verified-boot'],
      [[['getprop.ro.boot.verifiedbootstate', 'yellow']], 'device.verified-boot'],
      [[['getprop.ro.boot.verifiedbootstate', 'red']], 'device.verified-boot'],
      [
        [
          ['getprop.ro.boot.verifiedbootstate', 'green'],
          ['getprop.ro.boot.veritymode', 'disabled'],
        ],
        'device.verity',
      ],
    ],
    unknown: [[['getprop.ro.boot.verifiedbootstate', 'blue']], [['getprop.ro.boot.veritymode', 'enforcing']]],
  },
  {
    id: 'integrity.bootloader',
    ok: [[['getprop.ro.boot.flash.locked', '1']], [['getprop.ro.boot.vbmeta.device_state', 'locked']]],
    bad: [
      [[['getprop.ro.boot.flash.locked', '0']], 'device.bootloader.unlocked'],
      [[['getprop.ro.boot.vbmeta.device_state', 'unlocked']], 'device.bootloader.unlocked'],
    ],
    unknown: [[['getprop.ro.boot.flash.locked', 'maybe']]],
  },
  {
    id: 'integrity.build',
    ok: [
      [
        ['getprop.ro.build.tags', 'release-keys'],
        ['getprop.ro.build.type', 'user'],
        ['getprop.ro.debuggable', '0'],
      ],
    ],
    bad: [
      [[['getprop.ro.build.tags', 'test-keys']], 'device.build.test-keys'],
      [[['getprop.ro.build.type', 'userdebug']], 'device.build.type'],
      [[['getprop.ro.debuggable', '1']], 'device.build.debuggable'],
      [[['getprop.ro.secure', '0']], 'device.build.insecure'],
    ],
    unknown: [
      [['getprop.ro.build.tags', 'release-keys']],
      [
        ['getprop.ro.build.type', 'user'],
        ['getprop.ro.debuggable', '0'],
      ],
    ],
  },
  {
    id: 'integrity.selinux',
    ok: [[['selinux.mode', 'Enforcing']]],
    bad: [
      [[['selinux.mode', 'Permissive']], 'device.selinux'],
      [[['selinux.mode', 'Disabled']], 'device.selinux'],
    ],
    unknown: [[['selinux.mode', 'error: closed']]],
  },
  {
    id: 'integrity.system-mounts',
    ok: [[['mount.writable-system.count', '0']]],
    bad: [
      [
        [
          ['mount.writable-system', '/dev/x on /system type ext4 (rw)'],
          ['mount.writable-system.count', '1'],
        ],
        'device.mount.writable-system',
      ],
      [[['mount.writable-system.count', '2']], 'device.mount.writable-system'],
    ],
    unknown: [[['mount.writable-system.count', 'many']]],
  },
  {
    id: 'integrity.planted-files',
    ok: [[['file.temporary-executable.count', '0']]],
    bad: [
      [[['file.temporary-executable', '/data/local/tmp/x']], 'device.planted-file'],
      [
        [
          ['file.temporary-executable.count', '0'],
          ['process.temporary-executable', '/data/local/tmp/x'],
        ],
        'device.planted-file',
      ],
    ],
  },
  {
    id: 'apps.unknown-sources',
    ok: [
      [['appops.request-install-packages.count', '0']],
      [
        ['appops.request-install-packages', 'com.android.vending'],
        ['appops.request-install-packages.count', '1'],
      ],
      [
        ['settings.secure.install_non_market_apps', '0'],
        ['getprop.ro.build.version.sdk', '24'],
      ],
      [['agent.unknown_sources', 'false']],
    ],
    bad: [
      [
        [
          ['appops.request-install-packages', 'com.android.chrome'],
          ['appops.request-install-packages.count', '1'],
        ],
        'device.apps.unknown-sources',
      ],
      [
        [
          ['settings.secure.install_non_market_apps', '1'],
          ['getprop.ro.build.version.sdk', '24'],
        ],
        'device.apps.unknown-sources',
      ],
    ],
    unknown: [
      [
        ['settings.secure.install_non_market_apps', '1'],
        ['getprop.ro.build.version.sdk', '36'],
      ],
      [
        ['appops.request-install-packages', 'com.android.vending'],
        ['appops.request-install-packages.count', '2'],
      ],
      [['appops.request-install-packages', 'com.android.vending']],
    ],
  },
  {
    id: 'apps.verifier',
    ok: [[['settings.global.package_verifier_user_consent', '1']], [['settings.global.package_verifier_enable', '1']]],
    bad: [
      [[['settings.global.package_verifier_user_consent', '-1']], 'device.apps.verifier-off'],
      [
        [
          ['settings.global.package_verifier_user_consent', '1'],
          ['settings.global.package_verifier_enable', '0'],
        ],
        'device.apps.verifier-off',
      ],
      [
        [
          ['settings.global.package_verifier_user_consent', '1'],
          ['settings.global.verifier_verify_adb_installs', '0'],
        ],
        'device.apps.verifier-adb-off',
      ],
    ],
    unknown: [
      [['settings.global.package_verifier_user_consent', '0']],
      [['settings.global.verifier_verify_adb_installs', '1']],
    ],
  },
  {
    id: 'lock.find-my',
  },
  {
    id: 'lock.quality',
  },
  {
    id: 'apps.protection-disabled',
  },
  {
    id: 'apps.accessibility',
    ok: [
      [['settings.secure.enabled_accessibility_services', '']],
      [['settings.secure.enabled_accessibility_services', 'null']],
      [['settings.secure.enabled_accessibility_services', 'com.google.android.marvin.talkback/.TalkBackService']],
      [['accessibility.service.count', '0']],
    ],
    bad: [
      [
        [['settings.secure.enabled_accessibility_services', 'com.evil/.S:com.google.android.marvin.talkback/.T']],
        'device.app.accessibility',
      ],
      [
        [
          ['accessibility.service', 'com.evil/com.evil.S'],
          ['accessibility.service.count', '1'],
        ],
        'device.app.accessibility',
      ],
    ],
    unknown: [
      [['accessibility.service.count', '1']],
      [['settings.secure.enabled_accessibility_services', 'Permission denial']],
    ],
  },
  {
    id: 'network.proxy',
    ok: [
      [['settings.global.http_proxy', 'null']],
      [['settings.global.http_proxy', ':0']],
      [['agent.http_proxy', 'none']],
    ],
    bad: [
      [[['settings.global.http_proxy', '10.0.0.1:8080']], 'device.network.proxy'],
      [
        [
          ['settings.global.http_proxy', 'null'],
          ['settings.global.global_proxy_pac_url', 'http://evil.test/p.pac'],
        ],
        'device.network.proxy',
      ],
    ],
    unknown: [[['settings.global.global_proxy_pac_url', 'null']]],
  },
  {
    id: 'network.tampering',
    ok: [[['network.probe', 'clean']]],
    bad: [[[['network.probe', 'tampered']], 'device.network.tampering']],
    unknown: [[['network.probe', 'inconclusive']]],
  },
];
