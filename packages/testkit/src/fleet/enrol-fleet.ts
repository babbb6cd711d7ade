import { join } from 'node:path';
import type { SimulateFleetOptions } from './fleet-options.ts';
import { inParallel } from './in-parallel.ts';
import type { DeviceProfile } from './profile.ts';
import { type SimulatedDevice, type StartedDevice, startSimulatedDevice } from './simulated-device.ts';

const AT_ONCE = 16;

export interface EnrolFleetInput {
  readonly profiles: readonly DeviceProfile[];
  readonly plannedAt: number;
  readonly options: SimulateFleetOptions;
  /** Told why a device could not start. */
  readonly onRefused: (reason: string) => void;
}

/** Starts all devices of a fleet, new ones by enrolling them. Gives up early when the first ones were all refused: the others would be too. */
export async function enrolFleet(input: EnrolFleetInput): Promise<SimulatedDevice[]> {
  const { profiles, plannedAt, options, onRefused } = input;
  const devices: SimulatedDevice[] = [];
  let started = 0;
  await inParallel(profiles, AT_ONCE, async (profile) => {
    if (options.signal.aborted || (devices.length === 0 && started >= AT_ONCE)) return;
    const outcome = await startPatiently(profile, plannedAt, options, () => (devices.length === 0 ? 3 : 6));
    if (outcome.outcome === 'ready') devices.push(outcome.device);
    else onRefused(outcome.outcome === 'retry' ? outcome.detail : `${outcome.code}: ${outcome.detail}`);
    started += 1;
    options.onProgress?.({ phase: 'enrol', done: started, total: profiles.length });
  });
  return devices;
}

/** A busy server is waited for; one that nobody has reached yet, not for long. */
async function startPatiently(
  profile: DeviceProfile,
  plannedAt: number,
  options: SimulateFleetOptions,
  attempts: () => number,
): Promise<StartedDevice> {
  const { stateFolder, signal, wait } = options;
  const folder = stateFolder === undefined ? null : join(stateFolder, String(profile.index).padStart(5, '0'));
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await startSimulatedDevice(profile, {
      ...options,
      plannedAt,
      folder,
      authority: options.authority ?? null,
    });
    if (outcome.outcome !== 'retry' || attempt >= attempts() || signal.aborted) return outcome;
    await wait(Math.min(outcome.afterMs ?? 250 * 2 ** attempt, 60_000), signal);
  }
}
