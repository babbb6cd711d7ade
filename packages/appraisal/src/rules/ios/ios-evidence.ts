import type { Evidence } from '@vedette/contracts';
import type { MachOSlice } from '@vedette/formats';
import type { AppImage, IosApp, IosBundle } from '@vedette/program';
import { inFile, shorten } from '../../evidence.ts';

/**
 * The bundles that run as a process of their own. The platform reads settings from their Info.plist alone: what that of
 * a framework says of transport, permissions or schemes has no effect.
 */
export function runningBundles(ios: IosApp | null): readonly IosBundle[] {
  if (ios === null) return [];
  return [ios.main, ...ios.nested.filter(({ kind }) => kind !== 'framework' && kind !== 'bundle')];
}

/** Evidence in the Info.plist of a bundle. */
export function inInfo({ path }: IosBundle, note: string): Evidence {
  return inFile(shorten(`${path}Info.plist`), note);
}

/** One slice of a Mach-O file with its entry path; of a bare file, its name. */
export interface PlacedSlice {
  readonly path: string;
  readonly slice: MachOSlice;
}

/** Every slice of every program and library that was read. */
export function slicesOf({ ios, machO, file }: AppImage): readonly PlacedSlice[] {
  const placed = (ios?.binaries ?? []).flatMap(({ path, file: read }) =>
    (read?.slices ?? []).map((slice) => ({ path, slice })),
  );
  return [...placed, ...(machO?.slices ?? []).map((slice) => ({ path: file.name, slice }))];
}
