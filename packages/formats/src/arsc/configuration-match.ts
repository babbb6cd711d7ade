/** Which of several configurations a device takes (AOSP androidfw ResourceTypes.cpp, `ResTable_config::match` and `isBetterThan`). */
import { compareLocales, localeMatches } from './locale-match.ts';
import { DEFAULT_CONFIGURATION, CONFIG_MASKS as MASKS, type ResourceConfiguration } from './resource-configuration.ts';

const NORMAL_SIZE = 2;
const DENSITY_MEDIUM = 160;
const DENSITY_ANY = 0xfffe;

type Config = ResourceConfiguration;

/** Whether a device may use values for `config`. */
export function configurationMatches(config: Config, device: Config): boolean {
  const masked = (field: 'screenLayout' | 'screenLayout2' | 'colorMode' | 'uiMode', mask: number): boolean =>
    (config[field] & mask) === 0 || (config[field] & mask) === (device[field] & mask);
  const equal = (field: 'mcc' | 'mnc' | 'grammaticalGender' | 'orientation' | 'touchscreen'): boolean =>
    config[field] === 0 || config[field] === device[field];
  const atMost = (field: 'smallestWidthDp' | 'widthDp' | 'heightDp' | 'screenWidth' | 'screenHeight'): boolean =>
    config[field] === 0 || config[field] <= device[field];
  if (!equal('mcc') || !equal('mnc') || !localeMatches(config, device) || !equal('grammaticalGender')) return false;
  const size = config.screenLayout & MASKS.screenSize;
  if (size !== 0 && size > (device.screenLayout & MASKS.screenSize)) return false;
  if (!masked('screenLayout', MASKS.layoutDirection) || !masked('screenLayout', MASKS.screenLong)) return false;
  if (!masked('uiMode', MASKS.uiType) || !masked('uiMode', MASKS.night)) return false;
  if (!masked('screenLayout2', MASKS.screenRound)) return false;
  if (!masked('colorMode', MASKS.hdr) || !masked('colorMode', MASKS.wideGamut)) return false;
  if (!atMost('smallestWidthDp') || !atMost('widthDp') || !atMost('heightDp')) return false;
  if (!equal('orientation') || !equal('touchscreen')) return false;
  if (!inputMatches(config, device)) return false;
  if (!atMost('screenWidth') || !atMost('screenHeight')) return false;
  if (config.sdk !== 0 && config.sdk > device.sdk) return false;
  // Density never excludes: the platform scales.
  return config.minorSdk === 0 || config.minorSdk === device.minorSdk;
}

function inputMatches(config: Config, device: Config): boolean {
  const hidden = config.inputFlags & MASKS.keysHidden;
  const deviceHidden = device.inputFlags & MASKS.keysHidden;
  // A device with a soft keyboard counts as one whose keys are not hidden.
  if (hidden !== 0 && hidden !== deviceHidden && !(hidden === 1 && deviceHidden === 3)) return false;
  const navigation = config.inputFlags & MASKS.navigationHidden;
  if (navigation !== 0 && navigation !== (device.inputFlags & MASKS.navigationHidden)) return false;
  if (config.keyboard !== 0 && config.keyboard !== device.keyboard) return false;
  return config.navigation === 0 || config.navigation === device.navigation;
}

/** One criterion: positive when `left` is better, negative when `right` is, 0 to go on with the next. */
type Criterion = (left: Config, right: Config, device: Config) => number;

/** A criterion on which a device that knows its own value prefers whoever says anything. */
function specified(value: (config: Config) => number): Criterion {
  return (left, right, device) =>
    value(left) !== value(right) && value(device) !== 0 ? (value(left) !== 0 ? 1 : -1) : 0;
}

function larger(value: (config: Config) => number): Criterion {
  return (left, right) => value(left) - value(right);
}

/** The smaller distance from the device's width and height together. */
function nearest(width: 'widthDp' | 'screenWidth', height: 'heightDp' | 'screenHeight'): Criterion {
  const distance = (config: Config, device: Config): number =>
    (device[width] === 0 ? 0 : device[width] - config[width]) +
    (device[height] === 0 ? 0 : device[height] - config[height]);
  return (left, right, device) => distance(right, device) - distance(left, device);
}

const screenSize: Criterion = (left, right, device) => {
  const wanted = device.screenLayout & MASKS.screenSize;
  const mine = left.screenLayout & MASKS.screenSize;
  const other = right.screenLayout & MASKS.screenSize;
  if (mine === other || wanted === 0) return 0;
  const fixed = (size: number): number => (size === 0 && wanted >= NORMAL_SIZE ? NORMAL_SIZE : size);
  if (fixed(mine) === fixed(other)) return mine === 0 ? -1 : 1;
  return fixed(mine) - fixed(other);
};

const density: Criterion = (left, right, device) => {
  if (left.density === right.density) return 0;
  const mine = left.density || DENSITY_MEDIUM;
  const other = right.density || DENSITY_MEDIUM;
  if (mine === DENSITY_ANY) return 1;
  if (other === DENSITY_ANY) return -1;
  const wanted = device.density === 0 || device.density === DENSITY_ANY ? DENSITY_MEDIUM : device.density;
  const high = Math.max(mine, other);
  const low = Math.min(mine, other);
  // Scaling down is preferred: the lowest that is not below the wanted one, else the highest.
  const best = high !== wanted && low >= wanted ? low : high;
  return mine === best ? (other === best ? 0 : 1) : -1;
};

const keysHidden: Criterion = (left, right, device) => {
  const mine = left.inputFlags & MASKS.keysHidden;
  const other = right.inputFlags & MASKS.keysHidden;
  const wanted = device.inputFlags & MASKS.keysHidden;
  if (mine === other || wanted === 0) return 0;
  if (mine === 0) return -1;
  if (other === 0 || mine === wanted) return 1;
  return other === wanted ? -1 : 0;
};

/** In the platform's order: the first that decides, decides. */
const CRITERIA: readonly Criterion[] = [
  specified(({ mcc }) => mcc),
  specified(({ mnc }) => mnc),
  compareLocales,
  specified(({ grammaticalGender }) => grammaticalGender),
  (left, right, device) =>
    (device.screenLayout & MASKS.layoutDirection) === 0
      ? 0
      : (left.screenLayout & MASKS.layoutDirection) - (right.screenLayout & MASKS.layoutDirection),
  larger(({ smallestWidthDp }) => smallestWidthDp),
  nearest('widthDp', 'heightDp'),
  screenSize,
  specified(({ screenLayout }) => screenLayout & MASKS.screenLong),
  specified(({ screenLayout2 }) => screenLayout2 & MASKS.screenRound),
  specified(({ colorMode }) => colorMode & MASKS.wideGamut),
  specified(({ colorMode }) => colorMode & MASKS.hdr),
  specified(({ orientation }) => orientation),
  specified(({ uiMode }) => uiMode & MASKS.uiType),
  specified(({ uiMode }) => uiMode & MASKS.night),
  density,
  specified(({ touchscreen }) => touchscreen),
  keysHidden,
  specified(({ inputFlags }) => inputFlags & MASKS.navigationHidden),
  specified(({ keyboard }) => keyboard),
  specified(({ navigation }) => navigation),
  nearest('screenWidth', 'screenHeight'),
  (left, right, device) => (device.sdk === 0 ? 0 : left.sdk - right.sdk || left.minorSdk - right.minorSdk),
];

/**
 * Whether the device prefers `left` to `right`; both must match it. As on the platform a better locale decides for `left`,
 * a worse one does not decide against it: what else differs is asked then. Build tools write configurations in an order in
 * which that makes no difference; in another order an app can look different from what its folders say.
 */
export function isBetterConfiguration(left: Config, right: Config, device: Config): boolean {
  for (const criterion of CRITERIA) {
    const order = criterion(left, right, device);
    if (order > 0) return true;
    if (order < 0 && criterion !== compareLocales) return false;
  }
  return false;
}

function isDefault(config: Config): boolean {
  return config === DEFAULT_CONFIGURATION || Object.values(config).every((part) => part === 0 || part === '');
}

/**
 * The entry that a device takes; null when none matches. A device that says nothing at all gets the default configuration,
 * else the first: some entry is better than none where nothing is known.
 */
export function bestEntry<Entry extends { readonly configuration: Config }>(
  entries: readonly Entry[],
  device: Partial<Config>,
): Entry | null {
  if (Object.keys(device).length === 0) {
    return entries.find(({ configuration }) => isDefault(configuration)) ?? entries[0] ?? null;
  }
  const whole = { ...DEFAULT_CONFIGURATION, ...device };
  let best: Entry | null = null;
  for (const entry of entries) {
    if (!configurationMatches(entry.configuration, whole)) continue;
    if (best === null || isBetterConfiguration(entry.configuration, best.configuration, whole)) best = entry;
  }
  return best;
}
