import { CheckResult } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles } from '@vedette/forensics';
import {
  buildAdbAnswers,
  describePhone,
  type PhoneDescription,
  ROOTED_WITH_MAGISK,
  sideloadedApp,
  USUAL_APPS,
} from '@vedette/forensics/fixtures';
import { describe, expect, it } from 'vitest';
import { checkDevice } from '../check-device.ts';
import { answerOf } from './answer.ts';
import { renderCheckText } from './render-check-text.ts';

const context = {
  now: '2026-11-20T18:00:00.000Z',
  staleAfterHours: 72,
  maxPatchAgeDays: 180,
  path: 'phone',
  engineVersion: '0.1.0',
};

function check(
  overrides: Partial<PhoneDescription>,
  more: Partial<typeof context> & { asOf?: 'now' } = {},
): CheckResult {
  const files = buildAdbAnswers(describePhone({ systemPackages: 10, ...overrides }));
  const result = checkDevice(readDeviceEvidence(treeFromFiles(files), { now: context.now }), { ...context, ...more });
  if (result === null) throw new Error('the evidence was not recognised');
  return result;
}

const plain = { colour: false, width: 100 };
const EVIL = sideloadedApp('com.evil', { installer: 'com.android.chrome', versionName: '6.6' });

describe('checkDevice', () => {
  it('yields what the contract says', () => {
    expect(() => CheckResult.parse(check(ROOTED_WITH_MAGISK))).not.toThrow();
  });

  it('is null for no evidence', () => {
    expect(checkDevice({ value: null, diagnostics: [] }, context)).toBeNull();
  });

  it('judges a phone as it was when the evidence was collected, and tells its age', () => {
    const later = { now: '2027-05-20T00:00:00.000Z' };
    const then = check({}, later);
    expect(then.signals.find((signal) => signal.id === 'lock.screen')?.status).toBe('ok');
    expect(then.diagnostics.map((diagnostic) => diagnostic.id)).toContain('evidence.old');
    const today = check({}, { ...later, asOf: 'now' });
    expect(today.signals.some((signal) => signal.status === 'ok')).toBe(false);
  });
});

describe('the text of a check', () => {
  it('begins with the answer', () => {
    expect(answerOf(check({}))).toBe('Nothing wrong was found, but 2 could not be checked; 40 checks are good.');
    expect(answerOf(check({ usbDebugging: true }))).toBe('1 thing is wrong with this phone, 2 could not be checked.');
    expect(renderCheckText(check(ROOTED_WITH_MAGISK), plain).split('\n')[0]).toBe(
      '4 things are wrong with this phone, 2 could not be checked.',
    );
  });

  it('shows value and place of each signal on a line', () => {
    const lines = renderCheckText(check({ usbDebugging: true }), plain).split('\n');
    const line = lines.find((entry) => entry.includes('USB debugging'));
    expect(line).toMatch(/^ {2}BAD USB debugging {10}on +settings_list_global\.txt:\d+$/);
    expect(lines.find((entry) => entry.includes('Use by apps'))).toContain(' ? ');
  });

  it('shows findings with evidence, remedy and ids, and sideloaded apps in a table', () => {
    const text = renderCheckText(check({ usbDebugging: true, apps: [...USUAL_APPS, EVIL] }), plain);
    expect(text).toContain('MEDIUM   USB debugging is on');
    expect(text).toContain('settings.global.adb_enabled = 1');
    expect(text).toContain('-> Turn off USB debugging');
    expect(text).toContain('device.developer.usb-debugging (T1458, STA-6, PHY-2)');
    expect(text).toMatch(/com\.evil {2}6\.6 +2026-03-01 {2}downloaded with Chrome/);
  });

  it.each([40, 60, 80, 120])('keeps to %i columns', (width) => {
    const text = renderCheckText(check({ ...ROOTED_WITH_MAGISK, apps: [EVIL] }), { colour: false, width });
    const wide = text.split('\n').filter((line) => line.length > Math.max(width, 60));
    expect(wide).toEqual([]);
  });

  it('says the same with colour as without', () => {
    const result = check(ROOTED_WITH_MAGISK);
    // oxlint-disable-next-line no-control-regex -- the colour codes are to be taken out
    const uncoloured = renderCheckText(result, { colour: true, width: 100 }).replace(/\u001b\[[\d;]*m/g, '');
    expect(uncoloured).toBe(renderCheckText(result, plain));
  });

  it('lets nothing from the evidence reach the terminal as a command', () => {
    const evil = sideloadedApp('com.evil', { versionName: '1\u001b]0;pwned\u0007\u202e' });
    const text = renderCheckText(check({ apps: [evil], httpProxy: 'a\u001b[2J:80', model: 'X\u009b1m' }), {
      colour: false,
      width: 100,
    });
    // oxlint-disable-next-line no-control-regex -- exactly these must not occur
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
