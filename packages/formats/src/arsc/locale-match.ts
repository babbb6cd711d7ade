/**
 * Languages and regions as the platform compares them (`ResTable_config::match`, `isLocaleBetterThan`). The platform has
 * tables of all likely scripts and parent locales (CLDR); here are the scripts of the languages that apps are translated
 * into, and the parents of English, Spanish and Portuguese. A language that is not listed is written in Latin letters.
 */
import type { ResourceConfiguration } from './resource-configuration.ts';

type Locale = Pick<ResourceConfiguration, 'language' | 'region' | 'script' | 'variant' | 'numberingSystem'>;

const SCRIPTS: Readonly<Record<string, string>> = {
  Arab: 'ar fa ur ps ug sd ckb ks',
  Armn: 'hy',
  Beng: 'as bn',
  Cyrl: 'be bg ce kk ky mk mn ru sr tg tt uk',
  Deva: 'bho brx hi kok mai mr ne sa',
  Ethi: 'am ti',
  Geor: 'ka',
  Grek: 'el',
  Gujr: 'gu',
  Guru: 'pa',
  Hans: 'zh yue wuu',
  Hebr: 'he iw yi ji',
  Jpan: 'ja',
  Khmr: 'km',
  Knda: 'kn',
  Kore: 'ko',
  Laoo: 'lo',
  Mlym: 'ml',
  Mymr: 'my',
  Orya: 'or',
  Sinh: 'si',
  Taml: 'ta',
  Telu: 'te',
  Thai: 'th',
  Tibt: 'bo dz',
};
const SCRIPT_OF = new Map(
  Object.entries(SCRIPTS).flatMap(([script, languages]) => languages.split(' ').map((code) => [code, script] as const)),
);
/** Where a language is written otherwise. */
const REGIONAL_SCRIPTS: Readonly<Record<string, string>> = {
  'zh-TW': 'Hant',
  'zh-HK': 'Hant',
  'zh-MO': 'Hant',
  'yue-HK': 'Hant',
  'sr-ME': 'Latn',
  'sr-RO': 'Latn',
  'sr-TR': 'Latn',
  'pa-PK': 'Arab',
  'az-IR': 'Arab',
  'az-IQ': 'Arab',
  'mn-CN': 'Mong',
};

function scriptOf({ language, region, script }: Locale): string {
  return script || REGIONAL_SCRIPTS[`${language}-${region}`] || SCRIPT_OF.get(language) || 'Latn';
}

/** Tagalog and Filipino count as one. */
function sameLanguage(left: string, right: string): boolean {
  return left === right || (left === 'tl' && right === 'fil') || (left === 'fil' && right === 'tl');
}

export function localeMatches(config: Locale, device: Locale): boolean {
  if (config.language === '' && config.region === '') return true;
  return sameLanguage(config.language, device.language) && scriptOf(config) === scriptOf(device);
}

/** English of the world (`en-001`) but for those who write as in the United States. */
const US_ENGLISH = new Set(['', 'US', 'AS', 'GU', 'MH', 'MP', 'PR', 'UM', 'VI', 'PH', 'BI']);
const LATIN_AMERICA = new Set('AR BO BR BZ CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE'.split(' '));

/** The regions a region's locale descends from, itself first, "" (the bare language) last. */
function ancestors(language: string, region: string): readonly string[] {
  const parent =
    language === 'en' && !US_ENGLISH.has(region)
      ? '001'
      : language === 'es' && LATIN_AMERICA.has(region)
        ? '419'
        : language === 'pt' && region !== '' && region !== 'BR' && region !== 'PT'
          ? 'PT'
          : null;
  return parent === null || parent === region ? [region, ''] : [region, parent, ''];
}

/** Positive when `left` suits the device better. */
export function compareLocales(left: Locale, right: Locale, device: Locale): number {
  if (device.language === '') return 0;
  if (left.language === '' && right.language === '') return 0;
  if (!sameLanguage(left.language, right.language)) {
    return compareWithDefault(left, right, device);
  }
  const line = ancestors(device.language, device.region);
  const rank = (region: string): number => {
    const at = line.indexOf(region);
    // A region that is no ancestor is the last resort, behind the bare language.
    return at < 0 ? line.length : at;
  };
  if (rank(left.region) !== rank(right.region)) return rank(right.region) - rank(left.region);
  for (const field of ['variant', 'numberingSystem'] as const) {
    const mine = left[field] === device[field];
    if (mine !== (right[field] === device[field])) return mine ? 1 : -1;
  }
  return Number(left.language === device.language) - Number(right.language === device.language);
}

/** One has the device's language, the other none. A default is where United States English lives. */
function compareWithDefault(left: Locale, right: Locale, device: Locale): number {
  const speaker = left.language === '' ? right : left;
  let speakerIsBetter = true;
  if (device.language === 'en') {
    if (device.region === 'US') speakerIsBetter = speaker.region === '' || speaker.region === 'US';
    else if (US_ENGLISH.has(device.region)) speakerIsBetter = US_ENGLISH.has(speaker.region);
  }
  return (left.language !== '') === speakerIsBetter ? 1 : -1;
}
