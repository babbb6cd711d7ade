import { describe, expect, it } from 'vitest';
import { fakeIosApp, judgeIos, shownBy } from '../../testing/fake-ios-app.ts';
import { IOS_PERMISSION_RULES } from './ios-permission-rules.ts';

const KEYS: Readonly<Record<string, string>> = {
  camera: 'NSCameraUsageDescription',
  microphone: 'NSMicrophoneUsageDescription',
  'location-always': 'NSLocationAlwaysAndWhenInUseUsageDescription',
  contacts: 'NSContactsUsageDescription',
  calendar: 'NSCalendarsFullAccessUsageDescription',
  photos: 'NSPhotoLibraryUsageDescription',
  health: 'NSHealthShareUsageDescription',
  'local-network': 'NSLocalNetworkUsageDescription',
  tracking: 'NSUserTrackingUsageDescription',
};

describe('rules on what an iOS app may ask for', () => {
  it.each(Object.entries(KEYS))('%s, and nothing else', (name, key) => {
    const image = fakeIosApp({ info: { [key]: 'to show it' } });
    expect(shownBy(`ios.permission.${name}`, image)).toContain(`${key}: \\"to show it\\"`);
    const others = judgeIos(image).findings.filter(({ ruleId }) => ruleId.startsWith('ios.permission.'));
    expect(others.map(({ ruleId }) => ruleId)).toEqual([`ios.permission.${name}`]);
  });

  it('have a fixture each', () => {
    expect(IOS_PERMISSION_RULES.map(({ id }) => id).sort()).toEqual(
      Object.keys(KEYS)
        .map((name) => `ios.permission.${name}`)
        .sort(),
    );
  });

  it('count what an extension asks for, and not what a framework says', () => {
    const info = { NSCameraUsageDescription: 'x' };
    const extension = fakeIosApp({}, { 'PlugIns/Share.appex/': { info } });
    expect(shownBy('ios.permission.camera', extension)).toContain('PlugIns/Share.appex/Info.plist');
    expect(shownBy('ios.permission.camera', fakeIosApp({}, { 'Frameworks/Kit.framework/': { info } }))).toBeNull();
  });

  it('stay far below every threshold, all of them together', () => {
    const info = Object.fromEntries(Object.values(KEYS).map((key) => [key, 'x']));
    const { score } = judgeIos(fakeIosApp({ info: { ...info, UIBackgroundModes: ['location', 'audio', 'voip'] } }));
    const own = (parts: typeof score.malice.parts): number =>
      parts.filter(({ ruleId }) => ruleId.startsWith('ios.permission.')).reduce((sum, { weight }) => sum + weight, 0);
    expect(own(score.malice.parts)).toBeLessThanOrEqual(3);
    expect(own(score.dataRisk.parts)).toBeLessThanOrEqual(15);
  });
});
