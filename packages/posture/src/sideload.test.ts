import { describe, expect, it } from 'vitest';
import { sideloadOf } from './sideload.ts';
import { app } from './testing/evidence.ts';

describe('sideloadOf', () => {
  it.each([
    ['a store', { installer: 'com.android.vending' }, null],
    ['F-Droid', { installer: 'org.fdroid.fdroid' }, null],
    ['the system', { installer: null, system: true }, null],
    ['device management', { installer: 'com.google.android.apps.work.clouddpc' }, null],
    ['nobody', { installer: null }, 'no-installer'],
    ['a browser', { installer: 'com.android.chrome' }, 'by-hand'],
    ['a file', { installer: 'com.google.android.packageinstaller' }, 'by-hand'],
    ['adb', { installer: 'com.android.shell' }, 'by-hand'],
    ['an app nobody knows', { installer: 'com.shady.market' }, 'unlisted-installer'],
    [
      'adb with a store’s name',
      { installer: 'com.android.vending', initiator: 'com.android.shell' },
      'made-up-installer',
    ],
    ['a store that asked for it itself', { installer: 'com.android.vending', initiator: 'com.android.vending' }, null],
  ] as const)('an app from %s', (_, overrides, kind) => {
    expect(sideloadOf(app('com.x', overrides))?.kind ?? null).toBe(kind);
  });
});
