import { compareVersions } from '../data/os-support.ts';
import type { IosRelease, VulnerabilityData } from './vulnerability-data.ts';

export interface IosSystem {
  /** Hardware identifier, `iPhone11,8`; null or another name (`iPhone XR`): not known. */
  readonly model: string | null;
  /** `18.7.10`. */
  readonly version: string;
}

/** A weakness that was used in attacks, and the release that repairs it for this phone. */
export interface OpenWeakness {
  readonly cve: string;
  readonly fixedIn: string;
  readonly releasedOn: string;
  /** `own-branch`: an update of the release that it runs; `newer-release`: only a newer release that it can run repairs it, and whether its own has it nobody says. */
  readonly basis: 'own-branch' | 'newer-release';
}

export interface IosAssessment {
  /** Newest release for the model, and newest of the branch that it runs; null: not known for this model. */
  readonly latest: IosRelease | null;
  readonly latestOfBranch: IosRelease | null;
  /** Releases of its own branch for this model that are newer than what it runs, oldest first. */
  readonly missed: readonly IosRelease[];
  readonly open: readonly OpenWeakness[];
  /** Weaknesses used in attacks that were repaired since the newest release for this model, in releases that it does not get. Whether it has them nobody says. */
  readonly beyond: readonly string[];
  /** Why no more can be said; null: all could be. */
  readonly unknown: string | null;
}

/**
 * What an iPhone or iPad lacks, by the releases that were made for its model. It is outdated only within the branch that it runs: one that could run 26 and runs the newest 18 is on an older branch
 * and patched. A weakness is repaired in a branch from the first of its releases that says so, and in every newer branch.
 */
export function assessIos({ model, version }: IosSystem, data: Pick<VulnerabilityData, 'ios'>): IosAssessment {
  const known = model !== null && data.ios.some(({ models }) => models.has(model));
  const empty = { latest: null, latestOfBranch: null, missed: [], open: [], beyond: [] };
  if (!/^\d+(?:\.\d+)*$/.test(version)) return { ...empty, unknown: `“${version}” is no version.` };
  const releases = (known ? data.ios.filter(({ models }) => models.has(model)) : data.ios)
    .filter(({ version: one }) => one !== '')
    .toSorted((a, b) => compareVersions(a.version, b.version));
  const branch = majorOf(version);
  const own = releases.filter((release) => majorOf(release.version) === branch);
  if (data.ios.length === 0) return { ...empty, unknown: 'There is no list of releases.' };
  if (!data.ios.some((release) => majorOf(release.version) === branch))
    return { ...empty, unknown: `The list of releases does not go back to ${branch}.` };
  const missed = own.filter((release) => compareVersions(release.version, version) > 0);
  const latest = releases.at(-1) ?? null;
  return {
    beyond: known && latest !== null ? repairedElsewhere(latest, releases, data.ios) : [],
    latest: known ? latest : null,
    latestOfBranch: known ? (own.at(-1) ?? null) : null,
    missed: known ? missed : [],
    open: openWeaknesses(version, releases),
    unknown: known ? null : `The list of releases does not name the model ${model ?? ''}`.trim(),
  };
}

function repairedElsewhere(
  latest: IosRelease,
  own: readonly IosRelease[],
  all: readonly IosRelease[],
): readonly string[] {
  const here = new Set(own.flatMap(({ exploited }) => exploited));
  const newer = all.filter(
    ({ releasedOn, version }) => releasedOn > latest.releasedOn && compareVersions(version, latest.version) > 0,
  );
  return [...new Set(newer.flatMap(({ exploited }) => exploited).filter((cve) => !here.has(cve)))].sort();
}

function openWeaknesses(version: string, releases: readonly IosRelease[]): OpenWeakness[] {
  const branch = Number(majorOf(version));
  const repairs = new Map<string, IosRelease[]>();
  for (const release of releases) {
    for (const cve of release.exploited) repairs.set(cve, [...(repairs.get(cve) ?? []), release]);
  }
  const open: OpenWeakness[] = [];
  for (const [cve, fixing] of repairs) {
    const branches = fixing.map((release) => Number(majorOf(release.version)));
    const inOwn = fixing.find((release) => Number(majorOf(release.version)) === branch);
    if (inOwn !== undefined) {
      if (compareVersions(version, inOwn.version) < 0) open.push(weakness(cve, inOwn, 'own-branch'));
      continue;
    }
    // A branch that began after the repair has it from the start.
    if (branches.some((one) => one < branch)) continue;
    const [first] = fixing;
    if (first !== undefined) open.push(weakness(cve, first, 'newer-release'));
  }
  return open.sort((a, b) => (a.cve < b.cve ? -1 : 1));
}

function weakness(cve: string, { version, releasedOn }: IosRelease, basis: OpenWeakness['basis']): OpenWeakness {
  return { cve, fixedIn: version, releasedOn, basis };
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}
