import { CONFIG_MASKS as MASKS, type ResourceConfiguration } from './resource-configuration.ts';

const GENDER = ['', 'neuter', 'feminine', 'masculine'];
const DIRECTION: Readonly<Record<number, string>> = { 0x40: 'ldltr', 0x80: 'ldrtl' };
const SIZE = ['', 'small', 'normal', 'large', 'xlarge'];
const LONG: Readonly<Record<number, string>> = { 0x10: 'notlong', 0x20: 'long' };
const ROUND = ['', 'notround', 'round'];
const GAMUT = ['', 'nowidecg', 'widecg'];
const HDR: Readonly<Record<number, string>> = { 0x04: 'lowdr', 0x08: 'highdr' };
const ORIENTATION = ['', 'port', 'land', 'square'];
const UI_TYPE = ['', '', 'desk', 'car', 'television', 'appliance', 'watch', 'vrheadset'];
const NIGHT: Readonly<Record<number, string>> = { 0x10: 'notnight', 0x20: 'night' };
const DENSITY: Readonly<Record<number, string>> = {
  120: 'ldpi',
  160: 'mdpi',
  213: 'tvdpi',
  240: 'hdpi',
  320: 'xhdpi',
  480: 'xxhdpi',
  640: 'xxxhdpi',
  0xfffe: 'anydpi',
  0xffff: 'nodpi',
};
const TOUCH = ['', 'notouch', 'stylus', 'finger'];
const KEYS_HIDDEN = ['', 'keysexposed', 'keyshidden', 'keyssoft'];
const KEYBOARD = ['', 'nokeys', 'qwerty', '12key'];
const NAVIGATION_HIDDEN: Readonly<Record<number, string>> = { 0x04: 'navexposed', 0x08: 'navhidden' };
const NAVIGATION = ['', 'nonav', 'dpad', 'trackball', 'wheel'];

/**
 * A configuration as the name of a folder has it, qualifiers in the order of the Android resource documentation
 * (`ResTable_config::toString`): `de-rDE-night-v31`; empty for the default. A value without a name is `screenSize=9`.
 */
export function configurationQualifiers(config: ResourceConfiguration): string {
  const { mcc, mnc, smallestWidthDp, widthDp, heightDp, density, screenWidth, screenHeight, sdk, minorSdk } = config;
  const masked = (field: 'screenLayout' | 'screenLayout2' | 'colorMode' | 'uiMode' | 'inputFlags', mask: number) =>
    config[field] & mask;
  const parts = [
    mcc === 0 ? '' : `mcc${mcc}`,
    mnc === 0 ? '' : `mnc${mnc === 0xffff ? '00' : mnc}`,
    localeQualifier(config),
    named(GENDER, config.grammaticalGender, 'grammaticalGender'),
    named(DIRECTION, masked('screenLayout', MASKS.layoutDirection), 'layoutDir'),
    smallestWidthDp === 0 ? '' : `sw${smallestWidthDp}dp`,
    widthDp === 0 ? '' : `w${widthDp}dp`,
    heightDp === 0 ? '' : `h${heightDp}dp`,
    named(SIZE, masked('screenLayout', MASKS.screenSize), 'screenSize'),
    named(LONG, masked('screenLayout', MASKS.screenLong), 'screenLong'),
    named(ROUND, masked('screenLayout2', MASKS.screenRound), 'screenRound'),
    named(GAMUT, masked('colorMode', MASKS.wideGamut), 'wideColorGamut'),
    named(HDR, masked('colorMode', MASKS.hdr), 'hdr'),
    named(ORIENTATION, config.orientation, 'orientation'),
    named(UI_TYPE, masked('uiMode', MASKS.uiType), 'uiType'),
    named(NIGHT, masked('uiMode', MASKS.night), 'night'),
    density === 0 ? '' : (DENSITY[density] ?? `${density}dpi`),
    named(TOUCH, config.touchscreen, 'touchscreen'),
    named(KEYS_HIDDEN, masked('inputFlags', MASKS.keysHidden), 'keysHidden'),
    named(KEYBOARD, config.keyboard, 'keyboard'),
    named(NAVIGATION_HIDDEN, masked('inputFlags', MASKS.navigationHidden), 'navHidden'),
    named(NAVIGATION, config.navigation, 'navigation'),
    screenWidth === 0 && screenHeight === 0 ? '' : `${screenWidth}x${screenHeight}`,
    sdk === 0 && minorSdk === 0 ? '' : `v${sdk}${minorSdk === 0 ? '' : `.${minorSdk}`}`,
  ];
  return parts.filter((part) => part !== '').join('-');
}

/** `values-de-rDE-night-v31`: the folder of a value, or of a file of the type. */
export function configurationFolder(type: string, config: ResourceConfiguration): string {
  const qualifiers = configurationQualifiers(config);
  return qualifiers === '' ? type : `${type}-${qualifiers}`;
}

function named(names: Readonly<Record<number, string>> | readonly string[], value: number, label: string): string {
  return value === 0 ? '' : names[value] || `${label}=${value}`;
}

/** `de-rDE`, or the long form `b+sr+Latn` where a script, variant or numbering system is given. */
function localeQualifier({ language, region, script, variant, numberingSystem }: ResourceConfiguration): string {
  if (language === '' && region === '') return '';
  if (script === '' && variant === '' && numberingSystem === '') {
    return [language, region === '' ? '' : `r${region}`].filter((part) => part !== '').join('-');
  }
  const parts = [language, script, region, variant, numberingSystem === '' ? '' : `u+nu+${numberingSystem}`];
  return `b+${parts.filter((part) => part !== '').join('+')}`;
}
