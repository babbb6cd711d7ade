import { describe, expect, it } from 'vitest';
import { bestEntry, configurationMatches, isBetterConfiguration } from './configuration-match.ts';
import { configurationQualifiers } from './configuration-qualifiers.ts';
import { DEFAULT_CONFIGURATION, type ResourceConfiguration } from './resource-configuration.ts';

type Part = Partial<ResourceConfiguration>;

/** Which of the configurations the device takes. */
function choice(device: Part, ...parts: Part[]): string | null {
  const entries = parts.map((part) => ({ configuration: { ...DEFAULT_CONFIGURATION, ...part } }));
  const best = bestEntry(entries, device);
  return best === null ? null : configurationQualifiers(best.configuration);
}

describe('bestEntry', () => {
  it('takes the language, then the region, then what it descends from', () => {
    const german = [{}, { language: 'de' }, { language: 'de', region: 'AT' }];
    expect(choice({ language: 'de', region: 'AT' }, ...german)).toBe('de-rAT');
    expect(choice({ language: 'de', region: 'CH' }, ...german)).toBe('de');
    expect(choice({ language: 'fr' }, ...german)).toBe('');
    expect(choice({ language: 'en', region: 'AU' }, {}, { language: 'en', region: '001' }, { language: 'en' })).toBe(
      'en-r001',
    );
    expect(choice({ language: 'es', region: 'MX' }, {}, { language: 'es' }, { language: 'es', region: '419' })).toBe(
      'es-r419',
    );
    expect(choice({ language: 'en', region: 'US' }, { language: 'en', region: 'GB' }, {})).toBe('');
    expect(choice({ language: 'fil' }, {}, { language: 'tl' })).toBe('tl');
  });

  it('does not mix scripts', () => {
    const chinese = [{}, { language: 'zh', region: 'CN' }, { language: 'zh', region: 'TW' }];
    expect(choice({ language: 'zh', region: 'HK' }, ...chinese)).toBe('zh-rTW');
    expect(choice({ language: 'zh', region: 'SG' }, ...chinese)).toBe('zh-rCN');
    expect(choice({ language: 'sr' }, {}, { language: 'sr', script: 'Latn' })).toBe('');
  });

  it('takes the highest platform version that the device has', () => {
    const versions = [{}, { sdk: 21 }, { sdk: 31 }];
    expect([20, 21, 30, 34].map((sdk) => choice({ sdk }, ...versions))).toEqual(['', 'v21', 'v21', 'v31']);
  });

  it('scales down rather than up', () => {
    const densities = [{ density: 160 }, { density: 240 }, { density: 480 }];
    expect([120, 160, 200, 320, 640].map((density) => choice({ density }, ...densities))).toEqual([
      'mdpi',
      'mdpi',
      'hdpi',
      'xxhdpi',
      'xxhdpi',
    ]);
    expect(choice({ density: 320 }, ...densities, { density: 0xfffe })).toBe('anydpi');
  });

  it('goes by night, orientation and size of the screen', () => {
    expect(choice({ uiMode: 0x20 }, {}, { uiMode: 0x10 }, { uiMode: 0x20 })).toBe('night');
    expect(choice({ uiMode: 0x10 }, {}, { uiMode: 0x20 })).toBe('');
    expect(choice({ orientation: 2 }, { orientation: 1 }, {}, { orientation: 2 })).toBe('land');
    const widths = [{}, { smallestWidthDp: 600 }, { smallestWidthDp: 720 }];
    expect([411, 600, 800].map((smallestWidthDp) => choice({ smallestWidthDp }, ...widths))).toEqual([
      '',
      'sw600dp',
      'sw720dp',
    ]);
    expect(choice({ screenLayout: 2 }, {}, { screenLayout: 3 }, { screenLayout: 1 })).toBe('');
    expect(choice({ screenLayout: 4 }, {}, { screenLayout: 3 }, { screenLayout: 1 })).toBe('large');
  });

  it('puts language before all that is seen, and the version last', () => {
    const device = { language: 'de', density: 480, sdk: 34, uiMode: 0x20 };
    expect(choice(device, { density: 480, uiMode: 0x20, sdk: 34 }, { language: 'de' })).toBe('de');
    expect(choice(device, { sdk: 34 }, { uiMode: 0x20 })).toBe('night');
  });

  it('depends on the order of the file where a worse language has something else, as the platform does', () => {
    const device = { language: 'de', uiMode: 0x20 };
    expect(choice(device, { uiMode: 0x20 }, { language: 'de' })).toBe('de');
    expect(choice(device, { language: 'de' }, { uiMode: 0x20 })).toBe('night');
  });

  it('takes the first of two that fit equally well, and none when none matches', () => {
    expect(choice({ sdk: 30 }, { sdk: 34 })).toBeNull();
    const twins = [1, 2].map((place) => ({ configuration: DEFAULT_CONFIGURATION, place }));
    expect(bestEntry(twins, { sdk: 34 })?.place).toBe(1);
    expect(isBetterConfiguration(DEFAULT_CONFIGURATION, DEFAULT_CONFIGURATION, DEFAULT_CONFIGURATION)).toBe(false);
  });

  it('gives the default to who knows nothing of the device', () => {
    expect(choice({}, { language: 'de' }, {})).toBe('');
    expect(choice({}, { language: 'de' }, { language: 'fr' })).toBe('de');
  });

  it('matches every device with the default', () => {
    expect(configurationMatches(DEFAULT_CONFIGURATION, { ...DEFAULT_CONFIGURATION, language: 'xx', sdk: 1 })).toBe(
      true,
    );
  });
});
