import type { PieceFinder } from '../evidence-piece.ts';
import { readSysdiagnose } from '../sysdiagnose/read-sysdiagnose.ts';

/** Files that only a sysdiagnose has, from its folder on. */
const TELLING = /^((?:.*\/)?)(?:sysdiagnose\.log|logs\/SystemVersion\/SystemVersion\.plist|system_logs\.logarchive\/)/;

/** A sysdiagnose of an iPhone or iPad: its folder, or that in its archive. */
export const findSysdiagnosePiece: PieceFinder = (tree) => {
  const first = tree.list().find((path) => TELLING.test(path));
  if (first === undefined) return null;
  const folder = TELLING.exec(first)?.[1] ?? '';
  return {
    kind: 'sysdiagnose',
    source: 'sysdiagnose',
    path: folder,
    owns: (path) => path.startsWith(folder),
    read: (builder, options) => readSysdiagnose(builder, tree, folder, options),
  };
};
