import type { Appraisal } from '@vedette/contracts';
import type { IosApp } from '@vedette/program';

type Permission = Appraisal['app']['permissions'][number];

/** Entitlements that every app has, and that say nothing of what it may do. */
const OF_EVERY_APP = new Set([
  'application-identifier',
  'com.apple.developer.team-identifier',
  'get-task-allow',
  'beta-reports-active',
  'keychain-access-groups',
]);

/**
 * What an iOS app may do, in the terms of the platform: texts by which the owner is asked (`NS…UsageDescription`, of protection `dangerous`),
 * background modes (`normal`), and entitlements, which Apple signs (`signature`).
 */
export function iosPermissions({ main, entitlements }: IosApp): readonly Permission[] {
  const asked = [...main.usageDescriptions.keys()].map((name): Permission => ({ name, protection: 'dangerous' }));
  const modes = main.backgroundModes.map(
    (mode): Permission => ({ name: `UIBackgroundModes ${mode}`, protection: 'normal' }),
  );
  const signed = [...(entitlements?.entries.keys() ?? [])]
    .filter((name) => !OF_EVERY_APP.has(name))
    .map((name): Permission => ({ name, protection: 'signature' }));
  return [...asked, ...modes, ...signed];
}
