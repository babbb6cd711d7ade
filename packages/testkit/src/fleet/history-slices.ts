import { reportTimes } from './history.ts';
import type { SimulatedDevice } from './simulated-device.ts';

export interface Slice {
  /** End of the slice, in hours from the planning moment. */
  readonly endHours: number;
  readonly reports: Map<SimulatedDevice, number[]>;
}

/** Reports of the past in slices of time: all devices live through one before any begins the next. Known devices say what is so now. */
export function inSlices(
  devices: readonly SimulatedDevice[],
  time: { readonly historyHours: number; readonly nowHours: number; readonly sliceHours: number },
): Slice[] {
  const slices = new Map<number, Map<SimulatedDevice, number[]>>();
  for (const device of devices) {
    const silent = device.profile.silentFromHours !== null;
    const times = device.known ? (silent ? [] : [time.nowHours]) : reportTimes(device.profile, time.historyHours);
    for (const hours of times) {
      const index = Math.floor(hours / time.sliceHours);
      const reports = slices.get(index) ?? new Map<SimulatedDevice, number[]>();
      slices.set(index, reports);
      reports.set(device, [...(reports.get(device) ?? []), hours]);
    }
  }
  return [...slices]
    .sort(([a], [b]) => a - b)
    .map(([index, reports]) => ({ endHours: (index + 1) * time.sliceHours, reports }));
}
