import { buildMachO, type MachOSpec } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { fakeIosApp, imageOf, judgeIos, shownBy } from '../../testing/fake-ios-app.ts';

function saying(...texts: readonly string[]): MachOSpec {
  return { text: [{ name: '__cstring', data: new TextEncoder().encode(texts.map((text) => `${text}\0`).join('')) }] };
}

describe('ios.code.jailbreak-detection', () => {
  const answer = (...texts: readonly string[]): string | null =>
    shownBy('ios.code.jailbreak-detection', fakeIosApp({ machO: saying(...texts) }));

  it('finds two paths, with the place of each', () => {
    const shown = answer('hello', '/Applications/Cydia.app', '/private/var/lib/apt/');
    expect(shown).toContain('Cydia.app');
    expect(shown).toContain('"offset":');
  });

  it('finds schemes that are asked about', () => {
    const image = fakeIosApp({ info: { LSApplicationQueriesSchemes: ['cydia', 'sileo', 'mailto'] } });
    expect(shownBy('ios.code.jailbreak-detection', image)).toContain('sileo');
  });

  it('leaves alone: one path, or a long text about them', () => {
    expect(answer('/bin/bash')).toBeNull();
    expect(answer(`/bin/bash ${'x'.repeat(200)}`, `/etc/apt ${'x'.repeat(200)}`)).toBeNull();
  });
});

describe('ios.code.hook-detection', () => {
  it('finds two words, also in a bare file', () => {
    const machO = saying('frida-server', '/usr/lib/TweakInject');
    expect(shownBy('ios.code.hook-detection', fakeIosApp({ machO }))).toContain('TweakInject');
    expect(shownBy('ios.code.hook-detection', imageOf(buildMachO(machO), 'Sample'))).toContain('frida');
  });

  it('leaves alone: the name Frida, however often', () => {
    expect(shownBy('ios.code.hook-detection', fakeIosApp({ machO: saying('Frida Kahlo', 'Frida') }))).toBeNull();
  });
});

describe('ios.code.hooking-framework', () => {
  it.each([
    '/Library/Frameworks/CydiaSubstrate.framework/CydiaSubstrate',
    '@executable_path/Frameworks/FridaGadget.dylib',
    '@rpath/libellekit.dylib',
  ])('finds a program that loads %s', (path) => {
    const shown = shownBy('ios.code.hooking-framework', fakeIosApp({ machO: { libraries: [{ path }] } }));
    expect(shown).toContain(`loads ${path}`);
  });

  it('alone makes nothing malicious', () => {
    const machO = { libraries: [{ path: '@rpath/FridaGadget.dylib' }] };
    expect(judgeIos(fakeIosApp({ machO })).verdict).not.toBe('malicious');
  });

  it('leaves alone: libraries of the platform and of others', () => {
    const libraries = ['/usr/lib/libSystem.B.dylib', '@rpath/Substrates.framework/Substrates'].map((path) => ({
      path,
    }));
    expect(shownBy('ios.code.hooking-framework', fakeIosApp({ machO: { libraries } }))).toBeNull();
  });
});
