import type { DeviceProfile } from './profile.ts';

/**
 * When a device reports in the past, in hours from the planning moment, oldest first: at the start of the history, whenever
 * something about it changes, once a day in between, and shortly before now. A silent device stops where it stops.
 */
export function reportTimes(profile: DeviceProfile, historyHours: number): number[] {
  const start = -historyHours + profile.jitter;
  const changes = profile.episodes
    .flatMap(({ fromHours, untilHours }) => [fromHours, untilHours])
    .flatMap((hours) => (hours === null || hours <= start || hours >= 0 ? [] : [hours + profile.jitter / 4]));
  const daily: number[] = [];
  for (let hours = start; hours < -1; hours += 24) daily.push(hours);
  const end = profile.silentFromHours ?? 0;
  const times = [...changes, ...daily, -profile.jitter / 4].filter((hours) => hours <= end);
  // A device that falls silent before the history begins was seen once, at the start.
  return times.length === 0 ? [Math.min(start, 0)] : times.sort((a, b) => a - b);
}
