import type { UsageWindow } from '@vedette/contracts';
import { type DeviceProfile, hasProblem } from './profile.ts';
import { createRandom } from './random.ts';

const HOUR = 3_600_000;
const BIN = 6 * HOUR;
/** Five weeks of quarters of days: four that are normal, and what came after. */
const BINS = 140;
/** Of so many devices one tells what its apps use, as agents with that permission do; and those with an app that came past the stores. */
const TELLING = 6;
/** Apps of it that use the network at all. */
const MOST_APPS = 5;
/** A problem sends so long before now. */
const SENDING_HOURS = 84;

/** What the apps of a simulated device sent and received in the background, up to now; null for devices whose agent may not see it. An app that came past the stores sends much in the last days. */
export function usageAt(
  profile: DeviceProfile,
  { atHours, now }: { readonly atHours: number; readonly now: number },
): UsageWindow[] | null {
  // The last report tells of all weeks; earlier ones would only say parts of the same.
  if (profile.model.platform !== 'android' || profile.reticent || atHours < -2) return null;
  if (profile.index % TELLING !== 0 && !hasProblem(profile, 'sideloaded-app', atHours)) return null;
  const names = profile.apps.slice(0, MOST_APPS).map(([name]) => name);
  const sideloaded = hasProblem(profile, 'sideloaded-app', atHours) ? profile.sideloaded[0] : null;
  const end = Math.floor(now / BIN) * BIN;
  return Array.from({ length: BINS }, (_, index) => {
    const to = end - (BINS - 1 - index) * BIN;
    // The same hours are told of in the same way whenever they are told.
    const random = createRandom(`use of ${profile.index} at ${to}`);
    const used = (name: string, place: number) => {
      const usual = 30_000 * 3 ** place * (0.5 + random.next());
      const sending =
        name === sideloaded && now - to < SENDING_HOURS * HOUR ? 60_000_000 * (0.7 + 0.6 * random.next()) : 0;
      const behind = Math.round(usual + sending);
      return { package: name, used: { bytes: Math.round(behind + usual * random.next()), 'background-bytes': behind } };
    };
    return {
      from: new Date(to - BIN).toISOString(),
      to: new Date(to).toISOString(),
      source: 'agent',
      metrics: ['bytes', 'background-bytes'],
      unpluggedSeconds: null,
      capacityMah: null,
      apps: [...names, ...(sideloaded === null ? [] : [sideloaded])].map(used),
    };
  });
}
