import { type BundleSpec, buildXmlPlist } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { fakeIosApp, shownBy } from '../../testing/fake-ios-app.ts';

type Plist = Parameters<typeof buildXmlPlist>[0];

function claiming(entitlements: Plist): BundleSpec {
  return { signing: { entitlements: buildXmlPlist(entitlements) } };
}

describe('ios.entitlement.private', () => {
  it.each([
    'com.apple.private.security.no-container',
    'task_for_pid-allow',
    'platform-application',
    'dynamic-codesigning',
    'com.apple.springboard.launchapplications',
  ])('finds %s', (name) => {
    const shown = shownBy('ios.entitlement.private', fakeIosApp(claiming({ [name]: true })));
    expect(shown).toContain(`entitlement ${name}`);
    expect(shown).toContain('Payload/Sample.app/Sample');
  });

  it('finds it in an extension too', () => {
    const image = fakeIosApp({}, { 'PlugIns/Share.appex/': claiming({ 'platform-application': true }) });
    expect(shownBy('ios.entitlement.private', image)).toContain('PlugIns/Share.appex/Sample');
  });

  it.each<[string, Plist]>([
    ['a right set to false', { 'task_for_pid-allow': false }],
    [
      'what apps have as a rule',
      { 'application-identifier': 'A1B2C3D4E5.com.example.app', 'aps-environment': 'production' },
    ],
    ['no dictionary at all', ['task_for_pid-allow']],
  ])('leaves alone: %s', (_name, entitlements) => {
    expect(shownBy('ios.entitlement.private', fakeIosApp(claiming(entitlements)))).toBeNull();
  });
});

describe('ios.entitlement.far-reaching', () => {
  it('finds a VPN and weighs nothing', () => {
    const image = fakeIosApp(
      claiming({ 'com.apple.developer.networking.networkextension': ['packet-tunnel-provider'] }),
    );
    expect(shownBy('ios.entitlement.far-reaching', image)).toContain('networkextension');
    expect(shownBy('ios.entitlement.private', image)).toBeNull();
  });

  it('leaves an unremarkable app alone', () => {
    expect(
      shownBy('ios.entitlement.far-reaching', fakeIosApp(claiming({ 'aps-environment': 'production' }))),
    ).toBeNull();
  });
});

describe('ios.manifest.keyboard-full-access', () => {
  const keyboard = (open: boolean, point = 'com.apple.keyboard-service'): BundleSpec => ({
    info: { NSExtension: { NSExtensionPointIdentifier: point, NSExtensionAttributes: { RequestsOpenAccess: open } } },
  });
  const answer = (spec: BundleSpec): string | null =>
    shownBy('ios.manifest.keyboard-full-access', fakeIosApp({}, { 'PlugIns/Keys.appex/': spec }));

  it('finds a keyboard with full access', () => {
    expect(answer(keyboard(true))).toContain('PlugIns/Keys.appex/Info.plist');
  });

  it('leaves alone a keyboard without it, and other extensions', () => {
    expect(answer(keyboard(false))).toBeNull();
    expect(answer(keyboard(true, 'com.apple.share-services'))).toBeNull();
  });
});
