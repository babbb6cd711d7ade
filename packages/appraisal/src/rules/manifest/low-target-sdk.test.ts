import { expect, it } from 'vitest';
import { fakeApp } from '../../testing/fake-app.ts';
import { runOn, testRule } from '../../testing/test-rule.ts';
import { weigh } from '../../weigh.ts';
import { lowTargetSdk } from './low-target-sdk.ts';

testRule(lowTargetSdk, {
  bad: {
    'install-time permissions': { manifest: { targetSdk: 22 }, shows: 'granted at installation' },
    'target SDK 28': { manifest: { targetSdk: 28 }, shows: 'target SDK 28' },
  },
  good: {
    'target SDK 29': { manifest: { targetSdk: 29 } },
    'not known': { manifest: { targetSdk: null } },
  },
});

it('weighs an escape from run-time permissions more than an old target', () => {
  expect(weightAt(22)).toBeGreaterThan(weightAt(28));
  expect(weightAt(28)).toBeGreaterThan(0);
});

function weightAt(targetSdk: number): number {
  const found = runOn(lowTargetSdk, fakeApp({ manifest: { targetSdk } }));
  return found === null ? 0 : weigh(lowTargetSdk.malice, found);
}
