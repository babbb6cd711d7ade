import type { DeviceFacts } from '@vedette/contracts';
import type { KeyedValue } from './android-observations.ts';
import type { DeviceProfile, Problem } from './profile.ts';

/** What an iOS agent would observe. Developer settings, boot state and SELinux are not readable there, so nothing is said of them. */
export function iosObservations(
  profile: DeviceProfile,
  facts: DeviceFacts,
  has: (problem: Problem) => boolean,
): KeyedValue[] {
  const build: KeyedValue[] = [['ios.version', facts.osVersion ?? '']];
  if (profile.reticent) return build;
  const passcode = !has('no-screen-lock');
  return [
    ...build,
    ['ios.passcode.present', String(passcode)],
    // Data Protection is in force exactly while a passcode is set (Apple Platform Security, "Data Protection overview").
    ['ios.data-protection', String(passcode)],
    ['ios.jailbreak.checks', '31', 'heuristic'],
    ['ios.http_proxy', 'none'],
  ];
}
