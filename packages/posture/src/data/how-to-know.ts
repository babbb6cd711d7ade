import type { SignalId } from '@vedette/contracts';

/** What would answer a signal that a capture says nothing about, for the person who checks a phone. */
export const HOW_TO_KNOW: Readonly<Partial<Record<SignalId, string>>> = {
  'os.version': 'adb shell getprop',
  'os.patch-level': 'adb shell getprop',
  'os.exploited': 'adb shell getprop',
  'storage.encryption': 'adb shell getprop',
  'lock.screen': 'adb shell dumpsys lock_settings',
  'developer.options': 'adb shell settings list global',
  'developer.usb-debugging': 'adb shell settings list global',
  'developer.wireless-debugging': 'adb shell settings list global',
  'integrity.verified-boot': 'adb shell getprop',
  'integrity.bootloader': 'adb shell getprop',
  'integrity.build': 'adb shell getprop',
  'integrity.selinux': 'adb shell getenforce',
  'integrity.root': 'adb shell which -a su; adb shell mount',
  'integrity.system-mounts': 'adb shell mount',
  'integrity.planted-files': 'adb shell ls -laZ /data/local/tmp',
  'apps.unknown-sources': 'adb shell dumpsys appops',
  'apps.verifier': 'adb shell settings list global',
  'apps.sideloaded': 'adb shell pm list packages -f -U -i',
  'apps.accessibility': 'adb shell settings list secure',
  'os.vendor-patch': 'adb shell getprop',
  'lock.timeout': 'adb shell settings list system',
  'developer.mock-location': 'adb shell dumpsys appops',
  'apps.notification-access': 'adb shell settings list secure',
  'apps.device-admin': 'adb shell dumpsys device_policy',
  'apps.overlay': 'adb shell dumpsys appops',
  'apps.usage-access': 'adb shell dumpsys appops',
  'apps.defaults': 'adb shell settings list secure',
  'apps.screen-capture': 'adb shell dumpsys media_projection',
  'network.private-dns': 'adb shell settings list global',
  'apps.usage': 'adb shell dumpsys netstats detail; adb shell dumpsys batterystats -c',
  'network.tampering': 'a network probe of the agent',
  'network.proxy': 'adb shell settings list global',
};

/** The same for iPhones and iPads. */
export const HOW_TO_KNOW_IOS: Readonly<Partial<Record<SignalId, string>>> = {
  'os.version': 'a backup or a sysdiagnose',
  'os.patch-level': 'a backup or a sysdiagnose',
  'storage.encryption': 'device management (SecurityInfo)',
  'lock.screen': 'device management (SecurityInfo)',
  'integrity.root': 'an agent on the device',
  'apps.sideloaded': 'a backup',
  'network.tampering': 'a network probe of the agent',
  'network.proxy': 'an agent on the device',
};
