import { ANDROID_STORE_APPS, ANDROID_SYSTEM_APPS, IOS_APPS, type PoolEntry, SIDELOADED_APPS } from './app-pool.ts';
import {
  ANDROID_MODELS,
  BUILD_LETTER,
  type DeviceModel,
  FIRST_NAMES,
  IOS_BUILDS,
  IOS_CURRENT,
  IOS_MODELS,
  IOS_OUTDATED,
} from './models.ts';
import type { DeviceProfile, Episode, ListedApp, Problem } from './profile.ts';
import { createRandom, type SeededRandom } from './random.ts';

export interface FleetPlanOptions {
  readonly seed: string;
  readonly devices: number;
  /** The moment the plan is made, milliseconds since the epoch: patch levels and changes are relative to it. */
  readonly now: number;
  /** How far back the history goes, in hours. */
  readonly historyHours: number;
  /** Builds that some devices have installed. */
  readonly apps: readonly ListedApp[];
}

/** Parts of the fleet that have a problem at the moment of planning. */
const SHARES: readonly { readonly problem: Problem; readonly share: number; readonly androidOnly: boolean }[] = [
  { problem: 'outdated', share: 0.18, androidOnly: false },
  { problem: 'no-screen-lock', share: 0.06, androidOnly: false },
  { problem: 'usb-debugging', share: 0.08, androidOnly: true },
  { problem: 'sideloaded-app', share: 0.1, androidOnly: true },
];
/** Problems people clear away themselves, or get into for an afternoon. */
const PASSING: readonly [Problem, ...Problem[]] = ['usb-debugging', 'no-screen-lock', 'sideloaded-app'];

/** Plans a fleet: the same options give the same fleet, device for device. */
export function planFleet(options: FleetPlanOptions): DeviceProfile[] {
  const random = createRandom(`${options.seed}/${options.devices}`);
  const androids = Math.max(Math.round(options.devices * 0.7), Math.min(options.devices, 1));
  const platforms = random.fork('platform').shuffle(Array.from({ length: options.devices }, (_, i) => i < androids));
  const episodes = planEpisodes(platforms, options, random.fork('episodes'));
  const listed = planListedApps(platforms, options, episodes, random.fork('listed'));
  const quiet = random
    .fork('quiet')
    .shuffle(platforms.map((_, index) => index))
    .filter((index) => !hasStar(episodes[index]));
  const silent = new Set(quiet.slice(0, Math.round(options.devices * 0.02)));
  const reticent = new Set(quiet.slice(silent.size, silent.size + Math.round(options.devices * 0.03)));
  const attestations = planAttestations(platforms, reticent, episodes, random.fork('attestation'));
  return platforms.map((isAndroid, index) => {
    const own = random.fork(`device ${index}`);
    const model = weighted(isAndroid ? ANDROID_MODELS : IOS_MODELS, own);
    const osVersion = isAndroid ? androidVersion(model, own) : own.pick(IOS_CURRENT);
    const outdatedVersion = isAndroid ? own.pick(['12', '13', '13', '14']) : own.pick(IOS_OUTDATED);
    return {
      index,
      name: `${own.pick(FIRST_NAMES)}’s ${model.called}`,
      model,
      osVersion,
      build: isAndroid ? fingerprint(model, osVersion, own) : (IOS_BUILDS[osVersion] ?? null),
      patchLevel: isAndroid ? patchLevel(options.now, own.between(5, 85)) : null,
      outdatedVersion,
      outdatedPatchLevel: isAndroid ? patchLevel(options.now, own.between(230, 900)) : null,
      apps: isAndroid ? androidApps(own) : chooseApps(IOS_APPS, own.between(6, 18), own),
      sideloaded: own.pick(SIDELOADED_APPS),
      listed: listed[index] ?? null,
      episodes: episodes[index] ?? [],
      silentFromHours: silent.has(index) ? -own.between(80, 160) : null,
      reticent: reticent.has(index),
      jitter: own.next(),
      ...(attestations[index] ?? NO_ATTESTATION),
      provisioning: provisioningOf(model),
    };
  });
}

type PlannedAttestation = Pick<DeviceProfile, 'attestation' | 'strongBox'>;
const NO_ATTESTATION: PlannedAttestation = { attestation: 'none', strongBox: false };

/** Most devices can be vouched for; a pair of phones that nothing else speaks against shows one key between them. */
function planAttestations(
  platforms: readonly boolean[],
  reticent: ReadonlySet<number>,
  episodes: readonly Episode[][],
  random: SeededRandom,
): PlannedAttestation[] {
  const plain = platforms.flatMap((isAndroid, index) =>
    isAndroid && !reticent.has(index) && (episodes[index] ?? []).length === 0 ? [index] : [],
  );
  const thieves = new Set(platforms.length < FEWEST_FOR_THIEVES ? [] : random.shuffle(plain).slice(0, 2));
  return platforms.map((isAndroid, index) => ({
    attestation: thieves.has(index)
      ? 'stolen-key'
      : !reticent.has(index) && !fallsBehind(episodes[index]) && random.chance(0.93)
        ? 'own-key'
        : 'none',
    strongBox: isAndroid && random.chance(0.4),
  }));
}

/** The plan lets devices fall behind by going back to an older level; none with hardware to say so does. */
function fallsBehind(episodes: readonly Episode[] | undefined): boolean {
  return episodes?.some(({ problem, fromHours }) => problem === 'outdated' && fromHours !== null) === true;
}

/** In a handful of devices two of a kind would be a third of the fleet. */
const FEWEST_FOR_THIEVES = 20;

/** Models that came with Android 15 or later have their keys certified remotely. */
function provisioningOf({ newest }: DeviceModel): 'factory' | 'remote' {
  return Number(newest) >= 15 ? 'remote' : 'factory';
}

/** The rooted phone and the attacked one: left out where a device is to be silent or reticent, or nobody would see them. */
function hasStar(episodes: readonly Episode[] | undefined): boolean {
  return episodes?.some(({ problem }) => problem === 'rooted' || problem === 'network-attack') === true;
}

function planEpisodes(platforms: readonly boolean[], options: FleetPlanOptions, random: SeededRandom): Episode[][] {
  const episodes: Episode[][] = platforms.map(() => []);
  const all = platforms.map((_, index) => index);
  const androids = all.filter((index) => platforms[index] === true);

  const [rooted, ...others] = random.fork('rooted').shuffle(androids);
  const attacked = random.fork('attacked').shuffle(all.filter((index) => index !== rooted))[0];
  const lateHours = (within: number) =>
    -random.between(1, Math.max(1, Math.min(within, Math.floor(options.historyHours / 2))));
  if (rooted !== undefined) episodes[rooted]?.push({ problem: 'rooted', fromHours: lateHours(40), untilHours: null });
  if (attacked !== undefined)
    episodes[attacked]?.push({ problem: 'network-attack', fromHours: lateHours(6), untilHours: null });

  for (const { problem, share, androidOnly } of SHARES) {
    const own = random.fork(problem);
    const order = own.shuffle(androidOnly ? others : all.filter((index) => index !== rooted));
    const count = Math.round(platforms.length * share);
    for (const index of order.slice(0, count)) {
      const since = own.chance(0.6) ? null : -own.between(2, Math.max(2, options.historyHours - 2));
      const until = own.chance(0.25) ? own.between(1, 72) : null;
      episodes[index]?.push({ problem, fromHours: since, untilHours: until });
    }
    // Some had it and got rid of it before now, some will get into it later.
    if (!PASSING.includes(problem)) continue;
    const passing = Math.ceil(platforms.length * 0.02);
    for (const index of order.slice(count, count + passing)) {
      const from = -own.between(Math.ceil(options.historyHours / 2), Math.max(2, options.historyHours - 4));
      episodes[index]?.push({ problem, fromHours: from, untilHours: Math.min(-1, from + own.between(6, 30)) });
    }
    for (const index of order.slice(count + passing, count + 2 * passing)) {
      const from = own.between(1, 60);
      episodes[index]?.push({ problem, fromHours: from, untilHours: from + own.between(4, 24) });
    }
  }
  return episodes;
}

/** Every listed app is on a few devices; on one of them it is removed later. */
function planListedApps(
  platforms: readonly boolean[],
  options: FleetPlanOptions,
  episodes: Episode[][],
  random: SeededRandom,
): (ListedApp | undefined)[] {
  const listed: (ListedApp | undefined)[] = platforms.map(() => undefined);
  const free = random.shuffle(platforms.flatMap((isAndroid, index) => (isAndroid ? [index] : [])));
  for (const app of options.apps) {
    const count = Math.max(1, Math.round(platforms.length * 0.02));
    for (const [turn, index] of free.splice(0, count).entries()) {
      listed[index] = app;
      const fromHours = -random.between(1, Math.max(1, Math.floor(options.historyHours / 2)));
      episodes[index]?.push({
        problem: 'listed-app',
        fromHours,
        untilHours: turn === 1 ? random.between(2, 48) : null,
      });
    }
  }
  return listed;
}

function weighted(models: readonly [DeviceModel, ...DeviceModel[]], random: SeededRandom): DeviceModel {
  let left = random.next() * models.reduce((sum, { weight }) => sum + weight, 0);
  return models.find((model) => (left -= model.weight) < 0) ?? models[0];
}

/** Most devices that keep up run the newest system their maker gives, some the one before. */
function androidVersion(model: DeviceModel, random: SeededRandom): string {
  const newest = Number(model.newest);
  return String(newest > 14 && random.chance(0.25) ? newest - 1 : newest);
}

/** `brand/product/device:version/id/incremental:user/release-keys` (Android CDD 3.2.2, FINGERPRINT). */
function fingerprint(model: DeviceModel, version: string, random: SeededRandom): string {
  const letter = BUILD_LETTER[version] ?? 'AP4A';
  const id = `${letter}.${random.between(240, 261)}0${random.between(1, 9)}.0${random.between(10, 29)}`;
  const brand = model.manufacturer.split(' ')[0]?.toLowerCase() ?? 'android';
  return `${brand}/${model.device}/${model.device}:${version}/${id}/${random.between(10_000_000, 14_000_000)}:user/release-keys`;
}

/** Patch levels are dated on the 1st or the 5th of a month (source.android.com, security bulletins). */
function patchLevel(now: number, ageDays: number): string {
  const date = new Date(now - ageDays * 86_400_000);
  const day = date.getUTCDate() >= 5 ? '05' : '01';
  return `${date.toISOString().slice(0, 8)}${day}`;
}

function androidApps(random: SeededRandom): PoolEntry[] {
  return [...ANDROID_SYSTEM_APPS, ...chooseApps(ANDROID_STORE_APPS, random.between(10, 45), random)];
}

function chooseApps(pool: readonly PoolEntry[], count: number, random: SeededRandom): PoolEntry[] {
  const everyone = pool.filter(([, , , all]) => all === true && random.chance(0.92));
  const others = random.shuffle(pool.filter(([, , , all]) => all !== true));
  return [...everyone, ...others].slice(0, count);
}
