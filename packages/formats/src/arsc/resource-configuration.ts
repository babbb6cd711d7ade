import { u16At, u32At } from '@vedette/bytes';

/**
 * For which devices a value is meant (AOSP ResourceTypes.h, `ResTable_config`). Zero and the empty string say "any". Bit
 * fields are kept as they are: `CONFIG_MASKS` takes them apart.
 */
export interface ResourceConfiguration {
  readonly mcc: number;
  /** 0xffff says the network code 0. */
  readonly mnc: number;
  /** Two or three lower-case letters. */
  readonly language: string;
  /** Two upper-case letters or three digits. */
  readonly region: string;
  /** Four letters, `Latn`; empty when the build tool only computed it. */
  readonly script: string;
  readonly variant: string;
  readonly numberingSystem: string;
  /** 1 neuter, 2 feminine, 3 masculine. */
  readonly grammaticalGender: number;
  /** 1 portrait, 2 landscape, 3 square. */
  readonly orientation: number;
  readonly touchscreen: number;
  /** Dots per inch; 0xfffe any, 0xffff none. */
  readonly density: number;
  readonly keyboard: number;
  readonly navigation: number;
  readonly inputFlags: number;
  /** In pixels. */
  readonly screenWidth: number;
  readonly screenHeight: number;
  readonly sdk: number;
  readonly minorSdk: number;
  readonly screenLayout: number;
  readonly screenLayout2: number;
  readonly colorMode: number;
  readonly uiMode: number;
  /** In density-independent pixels. */
  readonly smallestWidthDp: number;
  readonly widthDp: number;
  readonly heightDp: number;
}

/** The parts of the bit fields (`ResTable_config::MASK_*`). */
export const CONFIG_MASKS = {
  keysHidden: 0x03,
  navigationHidden: 0x0c,
  screenSize: 0x0f,
  screenLong: 0x30,
  layoutDirection: 0xc0,
  screenRound: 0x03,
  wideGamut: 0x03,
  hdr: 0x0c,
  uiType: 0x0f,
  night: 0x30,
} as const;

export const DEFAULT_CONFIGURATION: ResourceConfiguration = {
  mcc: 0,
  mnc: 0,
  language: '',
  region: '',
  script: '',
  variant: '',
  numberingSystem: '',
  grammaticalGender: 0,
  orientation: 0,
  touchscreen: 0,
  density: 0,
  keyboard: 0,
  navigation: 0,
  inputFlags: 0,
  screenWidth: 0,
  screenHeight: 0,
  sdk: 0,
  minorSdk: 0,
  screenLayout: 0,
  screenLayout2: 0,
  colorMode: 0,
  uiMode: 0,
  smallestWidthDp: 0,
  widthDp: 0,
  heightDp: 0,
};

/** Size of `ResTable_config` up to Android 16. */
export const CONFIGURATION_SIZE = 64;

/** Reads the configuration at `offset`; what its declared size or `end` leaves out is "any". Longer ones are cut, as on the platform. */
export function readConfiguration(bytes: Uint8Array, offset: number, end: number): ResourceConfiguration {
  const size = Math.min(u32At(bytes, offset), CONFIGURATION_SIZE, end - offset);
  const config = new Uint8Array(CONFIGURATION_SIZE);
  if (size > 4) config.set(bytes.subarray(offset, offset + size));
  if (config.every((byte, index) => index < 4 || byte === 0)) return DEFAULT_CONFIGURATION;
  const u8 = (at: number): number => config[at] ?? 0;
  const u16 = (at: number): number => u16At(config, at);
  return {
    mcc: u16(4),
    mnc: u16(6),
    language: unpackCode(u8(8), u8(9), 0x61),
    region: unpackCode(u8(10), u8(11), 0x30),
    orientation: u8(12),
    touchscreen: u8(13),
    density: u16(14),
    keyboard: u8(16),
    navigation: u8(17),
    inputFlags: u8(18),
    grammaticalGender: u8(19),
    screenWidth: u16(20),
    screenHeight: u16(22),
    sdk: u16(24),
    minorSdk: u16(26),
    screenLayout: u8(28),
    uiMode: u8(29),
    smallestWidthDp: u16(30),
    widthDp: u16(32),
    heightDp: u16(34),
    script: u8(52) === 0 ? letters(config, 36, 4) : '',
    variant: letters(config, 40, 8),
    screenLayout2: u8(48),
    colorMode: u8(49),
    numberingSystem: letters(config, 53, 8),
  };
}

/** Two letters, or three of five bits each behind a set high bit (`unpackLanguageOrRegion`). */
function unpackCode(first: number, second: number, base: number): string {
  if (first === 0) return '';
  if ((first & 0x80) === 0) return printable(first) + (second === 0 ? '' : printable(second));
  const codes = [second & 0x1f, ((second & 0xe0) >> 5) | ((first & 0x03) << 3), (first & 0x7c) >> 2];
  return codes.map((code) => printable(base + code)).join('');
}

function letters(bytes: Uint8Array, start: number, count: number): string {
  let text = '';
  for (let at = start; at < start + count && bytes[at] !== 0; at++) text += printable(bytes[at] ?? 0);
  return text;
}

/** Only ASCII can be meant; what a hostile file has instead must not reach a screen. */
function printable(code: number): string {
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : '?';
}

/** Writes a configuration of 64 bytes, for builders. */
export function writeConfiguration(part: Partial<ResourceConfiguration>): Uint8Array {
  const config = { ...DEFAULT_CONFIGURATION, ...part };
  const bytes = new Uint8Array(CONFIGURATION_SIZE);
  const view = new DataView(bytes.buffer);
  const u16 = (at: number, value: number): void => view.setUint16(at, value, true);
  const text = (at: number, value: string): void => {
    for (let index = 0; index < value.length; index++) bytes[at + index] = value.charCodeAt(index);
  };
  view.setUint32(0, CONFIGURATION_SIZE, true);
  u16(4, config.mcc);
  u16(6, config.mnc);
  bytes.set(packCode(config.language, 0x61), 8);
  bytes.set(packCode(config.region, 0x30), 10);
  u16(14, config.density);
  bytes.set([config.orientation, config.touchscreen], 12);
  bytes.set([config.keyboard, config.navigation, config.inputFlags, config.grammaticalGender], 16);
  u16(20, config.screenWidth);
  u16(22, config.screenHeight);
  u16(24, config.sdk);
  u16(26, config.minorSdk);
  bytes.set([config.screenLayout, config.uiMode], 28);
  u16(30, config.smallestWidthDp);
  u16(32, config.widthDp);
  u16(34, config.heightDp);
  text(36, config.script);
  text(40, config.variant);
  bytes.set([config.screenLayout2, config.colorMode], 48);
  text(53, config.numberingSystem);
  return bytes;
}

function packCode(code: string, base: number): [number, number] {
  if (code.length < 3) return [code.charCodeAt(0) || 0, code.charCodeAt(1) || 0];
  const [first = 0, second = 0, third = 0] = [0, 1, 2].map((index) => (code.charCodeAt(index) - base) & 0x1f);
  return [0x80 | (third << 2) | (second >> 3), ((second & 7) << 5) | first];
}
