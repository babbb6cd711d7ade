import { describe, expect, it } from 'vitest';
import { fakeIosApp, judgeIos } from '../testing/fake-ios-app.ts';

const info = (CFBundleIdentifier: string, CFBundleShortVersionString: string, CFBundleExecutable: string) => ({
  info: { CFBundleIdentifier, CFBundleShortVersionString, CFBundleExecutable, CFBundlePackageType: 'FMWK' },
  executable: CFBundleExecutable,
});

describe('what an iOS app is made of and may do', () => {
  const { app } = judgeIos(
    fakeIosApp(
      {
        info: {
          CFBundleIdentifier: 'com.example.app',
          CFBundleExecutable: 'Sample',
          NSCameraUsageDescription: 'To scan codes',
          UIBackgroundModes: ['location'],
        },
      },
      {
        'Frameworks/Alamofire.framework/': info('org.cocoapods.Alamofire', '5.9.1', 'Alamofire'),
        'Frameworks/Sentry.framework/': info('io.sentry.Sentry', '8.36.0', 'Sentry'),
        'Frameworks/Own.framework/': info('com.example.own', 'latest', 'Own'),
      },
    ),
  );

  it('names frameworks with the versions that they state, and pods by their package URL', () => {
    expect(app.libraries).toMatchObject([
      { name: 'Alamofire', version: '5.9.1', purl: 'pkg:cocoapods/Alamofire@5.9.1', category: 'networking' },
      { name: 'Own', version: null, purl: null, category: 'other', how: 'native' },
      { name: 'Sentry', version: '8.36.0', purl: null, category: 'crash-reporting', how: 'metadata' },
    ]);
    expect(app.libraries?.[0]?.evidence).toBe('Payload/Sample.app/Frameworks/Alamofire.framework/');
  });

  it('lists what it may ask the owner for, and what it does in the background', () => {
    expect(app.permissions).toEqual([
      { name: 'NSCameraUsageDescription', protection: 'dangerous' },
      { name: 'UIBackgroundModes location', protection: 'normal' },
    ]);
  });
});
