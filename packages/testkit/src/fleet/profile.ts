import type { PoolEntry } from './app-pool.ts';
import type { DeviceModel } from './models.ts';

/** What can be wrong with a simulated device. */
export type Problem =
  | 'outdated'
  | 'no-screen-lock'
  | 'usb-debugging'
  | 'sideloaded-app'
  | 'rooted'
  | 'network-attack'
  | 'listed-app';

/** A stretch of time with a problem, in hours from the moment the fleet was planned (negative: before). */
export interface Episode {
  readonly problem: Problem;
  /** Null: since ever. */
  readonly fromHours: number | null;
  /** Null: it stays. */
  readonly untilHours: number | null;
}

/** An app build the caller wants on some devices: one the server has appraised. */
export interface ListedApp {
  readonly sha256: string;
  readonly package: string;
}

/** Everything that makes one simulated device; what it shows at a given time follows from this alone. */
export interface DeviceProfile {
  readonly index: number;
  readonly name: string;
  readonly model: DeviceModel;
  readonly osVersion: string;
  /** Build id and number in the fingerprint. */
  readonly build: string | null;
  /** Patch level while the device keeps up, `YYYY-MM-DD`; null on iOS. */
  readonly patchLevel: string | null;
  /** What it runs while it does not. */
  readonly outdatedVersion: string;
  readonly outdatedPatchLevel: string | null;
  readonly apps: readonly PoolEntry[];
  readonly sideloaded: PoolEntry;
  readonly listed: ListedApp | null;
  readonly episodes: readonly Episode[];
  /** Hours at which its reports end; null: it keeps reporting. */
  readonly silentFromHours: number | null;
  /** Answers hardly any question: most signals read unknown. */
  readonly reticent: boolean;
  /** What its hardware can say of it; `stolen-key`: what another phone's hardware says, as rooted phones do to pass. */
  readonly attestation: 'none' | 'own-key' | 'stolen-key';
  /** How its attestation key was certified. */
  readonly provisioning: 'factory' | 'remote';
  readonly strongBox: boolean;
  /** Part of an hour by which its reports are early or late. */
  readonly jitter: number;
}

/** Whether a problem is there at a time. */
export function hasProblem(profile: Pick<DeviceProfile, 'episodes'>, problem: Problem, atHours: number): boolean {
  return profile.episodes.some(
    (episode) =>
      episode.problem === problem &&
      (episode.fromHours === null || episode.fromHours <= atHours) &&
      (episode.untilHours === null || atHours < episode.untilHours),
  );
}
