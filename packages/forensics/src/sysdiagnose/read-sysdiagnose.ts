import { readPlist, textAt } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { createIosFiles } from '../ios/ios-files.ts';
import { readIosFiles } from '../ios/read-ios-files.ts';
import { stateIphone } from '../ios/state-iphone.ts';
import { createPowerSources } from '../power/power-sources.ts';
import { MAX_EVIDENCE_FILE_BYTES, type ReadOptions } from '../read-options.ts';
import { readCrashReports } from './crash-reports.ts';
import { LOG_READERS } from './device-logs.ts';
import { COMPLETE_LISTS, PROCESS_READERS } from './process-lists.ts';
import { createProcessNotes } from './process-notes.ts';
import { snapshotOf } from './snapshot.ts';
import { TEXT_READERS } from './text-reports.ts';

/** Reads what is known of a sysdiagnose: system, processes, shutdowns, crashes, logs, what apps used, and the databases and lists that it copies. */
export function readSysdiagnose(
  builder: EvidenceBuilder,
  tree: EvidenceTree,
  folder: string,
  { host }: Pick<ReadOptions, 'host'> = {},
): void {
  const paths = tree.list().filter((path) => path.startsWith(folder));
  const bytesOf = (path: string): Uint8Array | null => tree.read(path, MAX_EVIDENCE_FILE_BYTES);
  const snapshot = snapshotOf(folder);
  if (snapshot.at !== null) builder.setCollectedAt(snapshot.at);
  builder.fact('platform', 'ios');
  const processes = createProcessNotes(COMPLETE_LISTS);
  const power = createPowerSources(host);
  for (const path of paths) {
    // Files that macOS puts beside others when it packs an archive.
    if (/(?:^|\/)\._[^/]*$/.test(path)) continue;
    if (path.endsWith('logs/SystemVersion/SystemVersion.plist')) readSystem(builder, path, bytesOf(path));
    for (const [is, read] of PROCESS_READERS)
      if (is.test(path)) read(builder, processes, path, bytesOf(path) ?? new Uint8Array());
    for (const [is, read] of LOG_READERS)
      if (is.test(path)) read(builder, snapshot, path, bytesOf(path) ?? new Uint8Array());
    for (const [is, read] of TEXT_READERS) if (is.test(path)) read(builder, path, bytesOf(path) ?? new Uint8Array());
    if (power.is(path)) power.read(builder, path, bytesOf(path), bytesOf(`${path}-wal`));
  }
  processes.finish(builder);
  power.finish(builder);
  readCrashReports(builder, tree, paths, folder);
  const files = paths.map((path) => ({ domain: '', path, shownAs: path, bytes: () => bytesOf(path) }));
  readIosFiles(builder, createIosFiles(files));
}

function readSystem(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  const about = bytes === null ? null : readPlist(bytes).value;
  stateIphone(builder, file, {
    version: textAt(about, 'ProductVersion'),
    model: null,
    name: null,
    build: textAt(about, 'ProductBuildVersion'),
  });
}
