import type { DeviceFacts } from '@vedette/contracts';
import type { KeyedValue } from './android-observations.ts';
import type { DeviceProfile, Problem } from './profile.ts';

/** What an iOS agent would observe. Developer settings, boot state and SELinux are not readable there, so nothing is said of them. */
export function iosObservations(
  profile: DeviceProfile,
  facts: DeviceFacts,
  has: (problem: Problem) => boolean,
): KeyedValue[] {
  const build: KeyedValue[] = [
    ['ios.product-version', facts.osVersion ?? ''],
    ['ios.product-type', facts.model ?? ''],
  ];
  if (profile.reticent) return build;
  const passcode = !has('no-screen-lock');
  return [
    ...build,
    ['ios.passcode-set', String(passcode)],
    // Data Protection is in force exactly while a passcode is set (Apple Platform Security, "Data Protection overview").
    ['ios.data-protection', String(passcode)],
    ['ios.jailbreak.count', '0'],
    ['ios.http-proxy', 'null'],
  ];
}
