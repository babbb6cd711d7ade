import type { Platform } from '@vedette/contracts';

/** A model of phone or tablet as it names itself, with the newest system it runs and the share of fleets it has. */
export interface DeviceModel {
  readonly platform: Platform;
  readonly manufacturer: string;
  /** As the device reports it: Samsung says `SM-…`, Apple `iPhone15,2`. */
  readonly model: string;
  /** As people call it. */
  readonly called: string;
  /** Code name in the build fingerprint; empty on iOS. */
  readonly device: string;
  readonly newest: string;
  readonly weight: number;
}

function android(
  manufacturer: string,
  model: string,
  called: string,
  device: string,
  newest: string,
  weight: number,
): DeviceModel {
  return { platform: 'android', manufacturer, model, called, device, newest, weight };
}

function ios(model: string, called: string, weight: number): DeviceModel {
  return { platform: 'ios', manufacturer: 'Apple', model, called, device: '', newest: '26', weight };
}

export const ANDROID_MODELS: readonly [DeviceModel, ...DeviceModel[]] = [
  android('samsung', 'SM-S931B', 'Galaxy S25', 'pa1q', '16', 8),
  android('samsung', 'SM-S921B', 'Galaxy S24', 'e1s', '16', 10),
  android('samsung', 'SM-S911B', 'Galaxy S23', 'dm1q', '16', 9),
  android('samsung', 'SM-A556B', 'Galaxy A55', 'a55x', '16', 11),
  android('samsung', 'SM-A546B', 'Galaxy A54', 'a54x', '16', 10),
  android('samsung', 'SM-G736B', 'Galaxy XCover6 Pro', 'xcover6pro', '16', 6),
  android('samsung', 'SM-X216B', 'Galaxy Tab A9+', 'gta9p', '16', 4),
  android('Google', 'Pixel 10', 'Pixel 10', 'frankel', '16', 5),
  android('Google', 'Pixel 9', 'Pixel 9', 'tokay', '16', 8),
  android('Google', 'Pixel 8a', 'Pixel 8a', 'akita', '16', 7),
  android('Google', 'Pixel 7', 'Pixel 7', 'panther', '16', 5),
  android('Google', 'Pixel 9a', 'Pixel 9a', 'tegu', '16', 3),
  android('motorola', 'moto g84 5G', 'Moto G84', 'bangkk', '14', 4),
  android('motorola', 'motorola edge 50', 'Motorola Edge 50', 'aion', '15', 3),
  android('Xiaomi', '2312DRA50G', 'Redmi Note 13 Pro', 'garnet', '15', 4),
  android('Nokia', 'Nokia XR21', 'Nokia XR21', 'NOD', '14', 3),
  android('Fairphone', 'FP5', 'Fairphone 5', 'FP5', '15', 3),
  android('Zebra Technologies', 'TC58', 'Zebra TC58', 'TC58', '14', 4),
];

export const IOS_MODELS: readonly [DeviceModel, ...DeviceModel[]] = [
  ios('iPhone17,3', 'iPhone 16', 10),
  ios('iPhone17,1', 'iPhone 16 Pro', 7),
  ios('iPhone18,3', 'iPhone 17', 5),
  ios('iPhone15,4', 'iPhone 15', 9),
  ios('iPhone14,7', 'iPhone 14', 8),
  ios('iPhone14,5', 'iPhone 13', 6),
  ios('iPhone14,6', 'iPhone SE', 5),
  ios('iPad14,8', 'iPad Air', 4),
];

/** Android version → API level (developer.android.com, "Uses SDK"). */
export const ANDROID_SDK: Readonly<Record<string, number>> = {
  '11': 30,
  '12': 31,
  '13': 33,
  '14': 34,
  '15': 35,
  '16': 36,
};

/** First letters of AOSP build ids by version (source.android.com, "Codenames, tags, and build numbers"). */
export const BUILD_LETTER: Readonly<Record<string, string>> = {
  '11': 'RP1A',
  '12': 'SP1A',
  '13': 'TQ3A',
  '14': 'UQ1A',
  '15': 'AP4A',
  '16': 'BP2A',
};

/** iOS versions that were current for a fleet that updates, and those left behind by one that does not. */
export const IOS_CURRENT: readonly [string, ...string[]] = ['26.6.1', '26.6.1', '26.6', '26.5.1'];
export const IOS_OUTDATED: readonly [string, ...string[]] = ['17.4.1', '16.7.2', '17.6', '15.8.2'];
/** Build numbers Apple gave these versions where known; null: not reported. */
export const IOS_BUILDS: Readonly<Record<string, string>> = {
  '17.4.1': '21E236',
  '16.7.2': '20H115',
  '17.6': '21G80',
  '15.8.2': '19H384',
};

export const FIRST_NAMES: readonly [string, ...string[]] = [
  'Aisha',
  'Ana',
  'Anders',
  'Bea',
  'Carlos',
  'Chen',
  'Clara',
  'Daniel',
  'Deniz',
  'Elif',
  'Emma',
  'Fatima',
  'Felix',
  'Grace',
  'Hana',
  'Henrik',
  'Ines',
  'Ivan',
  'Jonas',
  'Julia',
  'Kofi',
  'Lars',
  'Leila',
  'Lucia',
  'Mara',
  'Marek',
  'Mei',
  'Milan',
  'Nadia',
  'Niko',
  'Noor',
  'Olga',
  'Omar',
  'Paula',
  'Priya',
  'Rafael',
  'Ravi',
  'Rosa',
  'Samir',
  'Sara',
  'Sofia',
  'Tariq',
  'Tomas',
  'Uma',
  'Vera',
  'Wanda',
  'Yara',
  'Yusuf',
  'Zoe',
];
