import { findBugReport, readBugReport } from '../bugreport.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { feedLines } from '../lines.ts';
import { createMountsReader } from '../parsers/mounts.ts';
import { readTombstone } from '../parsers/tombstone.ts';
import { MAX_EVIDENCE_FILE_BYTES, type ReadOptions } from '../read-options.ts';

/** Files beside the text of a bug report that are part of it (AOSP dumpstate). */
const PARTS =
  /^(?:FS\/|(?:main_entry|version|dumpstate_log)\.txt$|dumpstate_board\.(?:bin|txt)$|proto\/|lshal-debug\/)/;

/** A bug report, taken out of its ZIP or in it. */
export const findBugReportPiece: PieceFinder = (tree) => {
  const report = findBugReport(tree);
  if (report === null) return null;
  const folder = report.slice(0, report.lastIndexOf('/') + 1);
  return {
    kind: 'bugreport',
    source: 'bugreport',
    path: report,
    owns: (path) => path === report || (path.startsWith(folder) && PARTS.test(path.slice(folder.length))),
    read: (builder, options) => readReport(builder, tree, report, options),
  };
};

function readReport(builder: EvidenceBuilder, tree: EvidenceTree, path: string, options: ReadOptions): void {
  const size = tree.size(path) ?? 0;
  const bytes = tree.read(path, MAX_EVIDENCE_FILE_BYTES);
  if (bytes === null) {
    builder.diagnose({
      id: 'bugreport.unreadable',
      level: 'error',
      message: 'The bug report cannot be read.',
      where: path,
    });
    return;
  }
  if (bytes.length < size) {
    builder.diagnose({
      id: 'bugreport.truncated',
      level: 'warning',
      message: `Only the first ${bytes.length} of ${size} bytes were read.`,
      where: path,
      offset: bytes.length,
    });
  }
  const sections = readBugReport(builder, path, bytes, options.onProgress);
  readMountInfos(builder, tree, path);
  readTombstones(builder, tree, path.slice(0, path.lastIndexOf('/') + 1));
  if (sections === 0) {
    builder.diagnose({
      id: 'bugreport.empty',
      level: 'warning',
      message: 'The bug report has a header and no section.',
      where: path,
    });
  }
}

/** Most mount lists read beside one bug report: what the first processes see is what all see. */
const MAX_MOUNT_INFOS = 40;
const MAX_MOUNT_INFO_BYTES = 4 * 1024 * 1024;

/** dumpstate keeps `/proc/<pid>/mountinfo` of each mount namespace as a file of its own (AOSP dumpstate.cpp, `do_mountinfo`). */
function readMountInfos(builder: EvidenceBuilder, tree: EvidenceTree, report: string): void {
  const folder = report.slice(0, report.lastIndexOf('/') + 1);
  const paths = tree.list().filter((path) => path.startsWith(folder) && /(?:^|\/)FS\/proc\/\d+\/mountinfo$/.test(path));
  for (const path of firstOf(builder, paths, MAX_MOUNT_INFOS, 'lists of mounts', folder)) {
    const bytes = tree.read(path, MAX_MOUNT_INFO_BYTES);
    if (bytes !== null) {
      // The first process sees the system's partitions as they are; a rooting kit may mount for some processes only.
      const reach = path.endsWith('/proc/1/mountinfo') ? 'system-partitions' : 'nothing';
      feedLines(bytes, createMountsReader(builder, path, reach));
    }
  }
}

/** Most crash reports read: the system keeps 32. */
const MAX_TOMBSTONES = 200;
const MAX_TOMBSTONE_BYTES = 16 * 1024 * 1024;

/** The crash reports in a folder of a bug report. `shownAs` goes before their paths: the archive they are in. */
export function readTombstones(builder: EvidenceBuilder, tree: EvidenceTree, folder: string, shownAs = ''): void {
  const paths = tombstonesIn(tree.list().filter((path) => path.startsWith(folder)));
  for (const path of firstOf(builder, paths, MAX_TOMBSTONES, 'crash reports', shownAs + folder)) {
    const bytes = tree.read(path, MAX_TOMBSTONE_BYTES);
    if (bytes !== null) readTombstone(builder, shownAs + path, bytes);
  }
}

/** Crash reports among some paths. The system writes each twice, as text and as protocol buffer: one of them is enough. */
export function tombstonesIn(paths: readonly string[]): readonly string[] {
  const found = paths.filter((path) => /(?:^|\/)tombstone_\d{1,3}(?:\.pb)?$/.test(path));
  const all = new Set(found);
  return found.filter((path) => !path.endsWith('.pb') || !all.has(path.slice(0, -3)));
}
