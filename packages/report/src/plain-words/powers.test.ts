import { describe, expect, it } from 'vitest';
import { sampleAppraisal } from '../testing/sample-appraisal.ts';
import { powerOf, powersOf } from './powers.ts';

describe('powerOf', () => {
  it.each([
    ['android.permission.CAMERA', 'take pictures and videos'],
    ['NSCameraUsageDescription', 'take pictures and videos, once you let it'],
    ['android.permission.toString', null],
    ['android.permission.', null],
    // Anybody can declare a permission that ends like one of the platform's.
    ['com.evil.permission.CAMERA', null],
    ['CAMERA', null],
  ])('%s', (name, power) => {
    expect(powerOf(name)).toBe(power);
  });
});

describe('powersOf', () => {
  it('tells what needs consent from what does not, and from what only the system grants', () => {
    const sample = sampleAppraisal();
    const permissions = [
      { name: 'android.permission.READ_SMS', protection: 'dangerous' },
      { name: 'android.permission.INTERNET', protection: 'normal' },
      { name: 'android.permission.INSTALL_PACKAGES', protection: 'signature' },
      { name: 'android.permission.MADE_UP', protection: 'dangerous' },
      { name: 'android.permission.READ_SMS', protection: 'dangerous' },
    ] as const;
    expect(powersOf({ ...sample, app: { ...sample.app, permissions: [...permissions] } })).toEqual({
      sensitive: ['read your text messages, one-time codes among them'],
      ordinary: ['use the internet'],
      reserved: ['install apps without asking'],
      unnamed: 1,
    });
  });
});
