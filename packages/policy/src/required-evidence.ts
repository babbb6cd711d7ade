import type { Platform, Signal, SignalId } from '@vedette/contracts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { DecideInput } from './policy-input.ts';

/** Signals that nothing on the platform can answer; their silence says nothing. */
const NOT_ON_PLATFORM: Readonly<Record<Platform, ReadonlySet<SignalId>>> = {
  android: new Set<SignalId>(['lock.find-my', 'os.profiles']),
  ios: new Set<SignalId>([
    'developer.options',
    'developer.usb-debugging',
    'developer.wireless-debugging',
    'integrity.verified-boot',
    'integrity.bootloader',
    'integrity.build',
    'integrity.selinux',
    'integrity.system-mounts',
    'integrity.planted-files',
    'apps.unknown-sources',
    'apps.verifier',
    'apps.sideloaded',
    'apps.accessibility',
    'os.vendor-patch',
    'lock.timeout',
    'developer.mock-location',
    'apps.protection-disabled',
    'apps.notification-access',
    'apps.device-admin',
    'apps.overlay',
    'apps.usage-access',
    'apps.defaults',
    'apps.screen-capture',
    'apps.usage',
    'network.private-dns',
    'network.always-on-vpn',
    'os.modules',
    'os.clock',
    'lock.trust-agents',
    'developer.trusted-hosts',
    'integrity.emulator',
    'agent.management',
  ]),
};

function isMissing(id: SignalId, signal: Signal | undefined, platform: Platform): boolean {
  if (signal !== undefined && signal.status !== 'unknown') return false;
  // Evidence that exists but is stale, contradictory or unreadable always counts; none at all counts where the platform could have given it.
  return signal?.ageSeconds != null || !NOT_ON_PLATFORM[platform].has(id);
}

function reportIsFresh(input: DecideInput, staleAfterHours: number): boolean {
  const { lastReportAt } = input.device;
  if (lastReportAt === null) return false;
  return Date.parse(input.now) - Date.parse(lastReportAt) <= staleAfterHours * 3_600_000;
}

/**
 * What the enabled rules need and do not have. While it is not empty a device is never compliant: `unknown` at best.
 * - `report`: the device never reported, or not within `staleAfterHours`;
 * - a signal that an enabled rule names and that is `unknown`, whatever the reason, unless the platform cannot answer it at all (no SELinux on iOS);
 * - `apps`: an enabled rule reads the inventory, and no complete one is there.
 * A policy without enabled rules needs nothing. Sorted, without repetition.
 */
export function missingEvidence(policy: CompiledPolicy, input: DecideInput): string[] {
  if (policy.rules.length === 0) return [];
  const missing = new Set<string>();
  if (!reportIsFresh(input, policy.document.staleAfterHours)) missing.add('report');
  const signals = new Map(input.signals.map((signal) => [signal.id, signal]));
  for (const { expression } of policy.rules) {
    for (const id of expression.reads.signals) {
      if (isMissing(id, signals.get(id), input.device.facts.platform)) missing.add(id);
    }
    if (expression.reads.apps && !input.appsComplete) missing.add('apps');
  }
  return [...missing].sort();
}
