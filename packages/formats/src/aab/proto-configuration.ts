import { DEFAULT_CONFIGURATION, type ResourceConfiguration } from '../arsc/resource-configuration.ts';
import type { ProtoCursor } from '../protobuf/proto-cursor.ts';

type Mutable = { -readonly [K in keyof ResourceConfiguration]: ResourceConfiguration[K] };

/** Fields of `aapt.pb.Configuration` that are numbers of `ResTable_config` as they are. */
const NUMBERS: Readonly<
  Record<
    number,
    keyof { [K in keyof ResourceConfiguration as ResourceConfiguration[K] extends number ? K : never]: true }
  >
> = {
  1: 'mcc',
  2: 'mnc',
  5: 'screenWidth',
  6: 'screenHeight',
  7: 'widthDp',
  8: 'heightDp',
  9: 'smallestWidthDp',
  15: 'orientation',
  18: 'density',
  19: 'touchscreen',
  21: 'keyboard',
  23: 'navigation',
  24: 'sdk',
  26: 'grammaticalGender',
  27: 'minorSdk',
};

type BitField = 'screenLayout' | 'screenLayout2' | 'colorMode' | 'uiMode' | 'inputFlags';

/** Fields that are parts of a bit field there, with the bits of each value from 1 on; several count their yes and no the other way round. */
const BITS: Readonly<Record<number, readonly [BitField, ...number[]]>> = {
  4: ['screenLayout', 0x40, 0x80],
  10: ['screenLayout', 0x01, 0x02, 0x03, 0x04],
  11: ['screenLayout', 0x20, 0x10],
  12: ['screenLayout2', 0x02, 0x01],
  13: ['colorMode', 0x02, 0x01],
  14: ['colorMode', 0x08, 0x04],
  16: ['uiMode', 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07],
  17: ['uiMode', 0x20, 0x10],
  20: ['inputFlags', 0x01, 0x02, 0x03],
  22: ['inputFlags', 0x04, 0x08],
};

/** `aapt.pb.Configuration` (AOSP tools/aapt2/Configuration.proto) as the table of an installed app has it. The product is a matter of the build and left out. */
export function readProtoConfiguration(cursor: ProtoCursor): ResourceConfiguration {
  const config: Mutable = { ...DEFAULT_CONFIGURATION };
  let set = false;
  while (cursor.next()) {
    const { field } = cursor;
    const name = NUMBERS[field];
    const bits = BITS[field];
    if (name !== undefined) config[name] = cursor.low();
    else if (bits !== undefined) config[bits[0]] |= Number(bits[cursor.low()] ?? 0) || 0;
    else if (field === 3) Object.assign(config, localeOf(cursor.text()));
    else continue;
    set = true;
  }
  return set ? config : DEFAULT_CONFIGURATION;
}

/** A BCP 47 tag: language, script, region, variant and, behind `-u-nu-`, the numbering system. */
function localeOf(tag: string): Partial<ResourceConfiguration> {
  const [head = '', extension = ''] = tag.split('-u-', 2);
  const [language = '', ...rest] = head.split('-');
  const found: Partial<Mutable> = /^[a-z]{2,3}$/iu.test(language) ? { language: language.toLowerCase() } : {};
  for (const part of rest) {
    if (/^[a-z]{4}$/iu.test(part)) found.script = part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
    else if (/^(?:[a-z]{2}|\d{3})$/iu.test(part)) found.region = part.toUpperCase();
    else if (/^(?:[a-z0-9]{5,8}|\d[a-z0-9]{3})$/iu.test(part)) found.variant = part.toLowerCase();
  }
  const numbers = /(?:^|-)nu-([a-z0-9]{3,8})/iu.exec(extension)?.[1];
  if (numbers !== undefined) found.numberingSystem = numbers;
  return found;
}
