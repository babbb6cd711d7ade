import type { Finding } from '@vedette/contracts';
import { describe, expect, it } from 'vitest';
import { findingOfSignal } from './finding-of-signal.ts';

const finding = (ruleId: string): Finding => ({
  ruleId,
  ruleVersion: 1,
  title: ruleId,
  severity: 'high',
  status: 'bad',
  description: '',
  evidence: [],
});
const findings = [
  'device.bootloader.unlocked',
  'device.developer.usb-debugging',
  'device.verified-boot',
  'device.root.mount',
].map(finding);

describe('findingOfSignal', () => {
  it.each([
    ['integrity.bootloader', 'device.bootloader.unlocked'],
    ['developer.usb-debugging', 'device.developer.usb-debugging'],
    ['integrity.verified-boot', 'device.verified-boot'],
    ['integrity.root', 'device.root.mount'],
  ] as const)('%s is explained by %s', (id, ruleId) => {
    expect(findingOfSignal({ id }, findings)?.ruleId).toBe(ruleId);
  });
  it('does not make one up', () => {
    expect(findingOfSignal({ id: 'lock.screen' }, findings)).toBeUndefined();
    expect(findingOfSignal({ id: 'developer.options' }, findings)).toBeUndefined();
  });
});
