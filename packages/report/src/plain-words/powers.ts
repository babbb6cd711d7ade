import type { Appraisal } from '@vedette/contracts';

/** What a permission lets an app do, as somebody would say it who holds the phone. Own words; names by the Android and Apple references. */
const POWERS: Readonly<Record<string, string>> = {
  READ_SMS: 'read your text messages, one-time codes among them',
  RECEIVE_SMS: 'see text messages as they arrive, one-time codes among them',
  RECEIVE_MMS: 'see multimedia messages as they arrive',
  RECEIVE_WAP_PUSH: 'see service messages of the network as they arrive',
  SEND_SMS: 'send text messages, which may cost money',
  READ_CONTACTS: 'read your contacts',
  WRITE_CONTACTS: 'change your contacts',
  GET_ACCOUNTS: 'see which accounts are on the phone',
  READ_CALENDAR: 'read your calendar',
  WRITE_CALENDAR: 'change your calendar',
  READ_CALL_LOG: 'see whom you called and who called you',
  WRITE_CALL_LOG: 'change the list of calls',
  PROCESS_OUTGOING_CALLS: 'see and divert the calls you make',
  CALL_PHONE: 'make calls without asking, which may cost money',
  ANSWER_PHONE_CALLS: 'answer calls',
  READ_PHONE_STATE: 'see the state of calls and of the SIM card',
  READ_PHONE_NUMBERS: 'read your phone number',
  ACCEPT_HANDOVER: 'take over calls from other apps',
  USE_SIP: 'make internet calls',
  CAMERA: 'take pictures and videos',
  RECORD_AUDIO: 'record sound',
  ACCESS_FINE_LOCATION: 'know exactly where you are',
  ACCESS_COARSE_LOCATION: 'know roughly where you are',
  ACCESS_BACKGROUND_LOCATION: 'know where you are even when it is not in use',
  ACCESS_MEDIA_LOCATION: 'read where your pictures were taken',
  READ_EXTERNAL_STORAGE: 'read files in shared storage',
  WRITE_EXTERNAL_STORAGE: 'write files in shared storage',
  MANAGE_EXTERNAL_STORAGE: 'read and change all files in shared storage',
  READ_MEDIA_IMAGES: 'see your pictures',
  READ_MEDIA_VIDEO: 'see your videos',
  READ_MEDIA_AUDIO: 'read your music and recordings',
  READ_MEDIA_VISUAL_USER_SELECTED: 'see pictures and videos that you pick',
  BODY_SENSORS: 'read sensors on your body, such as your heart rate',
  BODY_SENSORS_BACKGROUND: 'read sensors on your body at any time',
  ACTIVITY_RECOGNITION: 'know whether you walk, run or drive',
  BLUETOOTH_SCAN: 'find devices nearby over Bluetooth',
  BLUETOOTH_CONNECT: 'connect to paired Bluetooth devices',
  BLUETOOTH_ADVERTISE: 'be found by devices nearby over Bluetooth',
  NEARBY_WIFI_DEVICES: 'find devices nearby over Wi-Fi',
  UWB_RANGING: 'measure how far devices nearby are',
  POST_NOTIFICATIONS: 'show notifications',
  SYSTEM_ALERT_WINDOW: 'draw over other apps, their sign-in pages among them',
  BIND_ACCESSIBILITY_SERVICE: 'see and operate the screens of all apps, once you let it',
  BIND_NOTIFICATION_LISTENER_SERVICE: 'read the notifications of all apps, once you let it',
  BIND_DEVICE_ADMIN: 'manage the device, once you let it',
  REQUEST_INSTALL_PACKAGES: 'ask you to install other apps',
  INSTALL_PACKAGES: 'install apps without asking',
  DELETE_PACKAGES: 'remove apps without asking',
  REQUEST_DELETE_PACKAGES: 'ask you to remove other apps',
  QUERY_ALL_PACKAGES: 'see which apps are on the phone',
  PACKAGE_USAGE_STATS: 'see which apps you use, and when',
  WRITE_SETTINGS: 'change settings of the phone',
  WRITE_SECURE_SETTINGS: 'change protected settings of the phone',
  SCHEDULE_EXACT_ALARM: 'wake up at exact times',
  USE_EXACT_ALARM: 'wake up at exact times',
  USE_FULL_SCREEN_INTENT: 'fill the screen, even when it is locked',
  RECEIVE_BOOT_COMPLETED: 'start by itself when the phone starts',
  FOREGROUND_SERVICE: 'keep working while you use other apps',
  REQUEST_IGNORE_BATTERY_OPTIMIZATIONS: 'ask to keep working when the phone sleeps',
  INTERNET: 'use the internet',
  NFC: 'talk to cards and devices that touch the phone',
  USE_BIOMETRIC: 'ask for your fingerprint or face (it sees the answer, not the print)',
  READ_LOGS: 'read what all apps write into the system log',
  DUMP: 'read the inner state of the system',
  MODIFY_PHONE_STATE: 'control the telephone',
  CAPTURE_AUDIO_OUTPUT: 'record what other apps play',
  MEDIA_PROJECTION: 'record the screen, once you let it',
  DISABLE_KEYGUARD: 'take away a lock screen that is not secured',
  KILL_BACKGROUND_PROCESSES: 'end other apps in the background',
  NSCameraUsageDescription: 'take pictures and videos, once you let it',
  NSMicrophoneUsageDescription: 'record sound, once you let it',
  NSContactsUsageDescription: 'read your contacts, once you let it',
  NSCalendarsUsageDescription: 'read your calendar, once you let it',
  NSPhotoLibraryUsageDescription: 'see your pictures, once you let it',
  NSLocationWhenInUseUsageDescription: 'know where you are while it is in use, once you let it',
  NSLocationAlwaysAndWhenInUseUsageDescription: 'know where you are at any time, once you let it',
  NSBluetoothAlwaysUsageDescription: 'find and connect to Bluetooth devices, once you let it',
  NSHealthShareUsageDescription: 'read your health data, once you let it',
  NSMotionUsageDescription: 'know how you move, once you let it',
  NSUserTrackingUsageDescription: 'follow you across apps of others, once you let it',
  NSFaceIDUsageDescription: 'ask for your face (it sees the answer, not the picture)',
  NSPhotoLibraryAddUsageDescription: 'add pictures to yours, once you let it',
  NSRemindersUsageDescription: 'read your reminders, once you let it',
  NSLocationAlwaysUsageDescription: 'know where you are at any time, once you let it',
  NSLocationUsageDescription: 'know where you are, once you let it',
  NSBluetoothPeripheralUsageDescription: 'be found by devices nearby over Bluetooth, once you let it',
  NSLocalNetworkUsageDescription: 'find devices in your network, once you let it',
  NSHealthUpdateUsageDescription: 'change your health data, once you let it',
  NSHomeKitUsageDescription: 'control your home, once you let it',
  NSSpeechRecognitionUsageDescription: 'have what you say written down by Apple, once you let it',
  NSSiriUsageDescription: 'take orders through Siri, once you let it',
  NSAppleMusicUsageDescription: 'see your music and videos, once you let it',
  NFCReaderUsageDescription: 'read cards and tags that touch the phone, once you let it',
  NSCalendarsFullAccessUsageDescription: 'read and change your calendar, once you let it',
  NSRemindersFullAccessUsageDescription: 'read and change your reminders, once you let it',
  'UIBackgroundModes audio': 'play or record sound while you use other apps',
  'UIBackgroundModes location': 'follow where you are while you use other apps',
  'UIBackgroundModes voip': 'take internet calls while you use other apps',
  'UIBackgroundModes fetch': 'fetch data now and then while you use other apps',
  'UIBackgroundModes remote-notification': 'be woken by messages from its server',
  'UIBackgroundModes bluetooth-central': 'talk to Bluetooth devices while you use other apps',
  'UIBackgroundModes external-accessory': 'talk to accessories while you use other apps',
  'UIBackgroundModes processing': 'work for minutes at a time while the phone is not used',
  'com.apple.developer.networking.networkextension': 'see and change network traffic, once you let it (VPN or filter)',
  'com.apple.developer.networking.vpn.api': 'set up a VPN, once you let it',
  'com.apple.developer.networking.HotspotConfiguration': 'join Wi-Fi networks, once you let it',
  'com.apple.developer.networking.wifi-info': 'know which Wi-Fi network you are in',
  'com.apple.developer.healthkit': 'ask for your health data',
  'com.apple.developer.homekit': 'ask to control your home',
  'com.apple.developer.nfc.readersession.formats': 'ask to read cards and tags',
  'com.apple.developer.family-controls': 'limit and watch the use of apps, once a parent lets it',
  'com.apple.security.application-groups': 'share data with other apps of its maker',
  'com.apple.developer.icloud-container-identifiers': 'keep data in your iCloud',
  'com.apple.developer.associated-domains': 'open links of its maker’s websites',
  'aps-environment': 'receive notifications from its server',
};

/** What a permission lets an app do; null for one that there are no plain words for. */
export function powerOf(permission: string): string | null {
  const name = permission.replace(/^(?:com\.)?android\.permission\./, '');
  // Only Android's and Apple's own names mean what the table says.
  const isApples = /^(?:NS|NFC|UIBackgroundModes |com\.apple\.|aps-environment$)/.test(name);
  if (name === permission && !isApples) return null;
  return Object.hasOwn(POWERS, name) ? (POWERS[name] ?? null) : null;
}

/** What an app asks to be able to do, the sensitive things first, each once; and how many sensitive permissions there are no plain words for. */
export function powersOf({ app }: Appraisal): {
  readonly sensitive: readonly string[];
  readonly ordinary: readonly string[];
  /** What an app gets only as a part of the system, or by the hand of who manages the device. */
  readonly reserved: readonly string[];
  readonly unnamed: number;
} {
  const sensitive = new Set<string>();
  const ordinary = new Set<string>();
  const reserved = new Set<string>();
  let unnamed = 0;
  for (const { name, protection } of app.permissions) {
    const power = powerOf(name);
    const grave = protection === 'dangerous' || protection === 'special';
    if (power !== null) (grave ? sensitive : protection === 'normal' ? ordinary : reserved).add(power);
    else if (grave) unnamed += 1;
  }
  const rest = (powers: ReadonlySet<string>): string[] => [...powers].filter((power) => !sensitive.has(power));
  return { sensitive: [...sensitive], ordinary: rest(ordinary), reserved: rest(reserved), unnamed };
}
