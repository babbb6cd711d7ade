import { describe, expect, it } from 'vitest';
import { fakeIosApp, shownBy } from '../../testing/fake-ios-app.ts';

type Info = NonNullable<Parameters<typeof fakeIosApp>[0]>['info'];
const answer = (id: string, info: Info): string | null => shownBy(id, fakeIosApp(info === undefined ? {} : { info }));

describe('ios.network.arbitrary-loads', () => {
  const open = (more: Record<string, boolean>, minimum = '15.0'): Info => ({
    MinimumOSVersion: minimum,
    NSAppTransportSecurity: { NSAllowsArbitraryLoads: true, ...more },
  });

  it('leaves alone what the platform ignores: a narrower key is written', () => {
    expect(answer('ios.network.arbitrary-loads', open({}))).toContain('NSAllowsArbitraryLoads');
    expect(answer('ios.network.arbitrary-loads', open({ NSAllowsLocalNetworking: true }))).toBeNull();
    expect(answer('ios.network.arbitrary-loads', open({ NSAllowsArbitraryLoadsInWebContent: false }))).toBeNull();
  });

  it('fires where the app also runs on iOS 9, or nobody knows', () => {
    for (const minimum of ['9.3', 'x'])
      expect(answer('ios.network.arbitrary-loads', open({ NSAllowsLocalNetworking: true }, minimum))).not.toBeNull();
  });

  it('passes by what a framework writes', () => {
    const image = fakeIosApp({}, { 'Frameworks/Kit.framework/': { info: open({}) ?? {} } });
    expect(shownBy('ios.network.arbitrary-loads', image)).toBeNull();
  });
});

describe('ios.network.partly-arbitrary-loads', () => {
  it('finds web content and media', () => {
    for (const key of ['NSAllowsArbitraryLoadsInWebContent', 'NSAllowsArbitraryLoadsForMedia']) {
      expect(answer('ios.network.partly-arbitrary-loads', { NSAppTransportSecurity: { [key]: true } })).toContain(key);
      expect(answer('ios.network.partly-arbitrary-loads', { NSAppTransportSecurity: { [key]: false } })).toBeNull();
    }
  });
});

describe('ios.network.old-tls', () => {
  const tls = (version: string): string | null =>
    answer('ios.network.old-tls', {
      NSAppTransportSecurity: { NSExceptionDomains: { 'old.example': { NSExceptionMinimumTLSVersion: version } } },
    });

  it('finds TLS 1.0 and 1.1, not 1.2', () => {
    expect(tls('TLSv1.0')).toContain('old.example');
    expect(tls('TLSv1.1')).not.toBeNull();
    expect(tls('TLSv1.2')).toBeNull();
  });
});

describe('ios.manifest.low-minimum-os', () => {
  it('finds what runs before iOS 12; what is no version says nothing', () => {
    for (const version of ['9.0', '11.4.1', '8'])
      expect(answer('ios.manifest.low-minimum-os', { MinimumOSVersion: version })).toContain(version);
    for (const version of ['12.0', '17', '', '9x'])
      expect(answer('ios.manifest.low-minimum-os', { MinimumOSVersion: version })).toBeNull();
  });
});
