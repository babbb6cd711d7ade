import { isAndroidBackup } from '../android-backup/open-android-backup.ts';
import { readAndroidBackup } from '../android-backup/read-android-backup.ts';
import { findAndroidqf, readAndroidqf } from '../androidqf.ts';
import { findBugReport, readBugReport } from '../bugreport.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { readIntrusionLog } from '../intrusion-log/read-intrusion-log.ts';
import { MAX_EVIDENCE_FILE_BYTES, type ReadOptions } from '../read-options.ts';
import { readTombstones } from './bug-report-piece.ts';

/** A bundle of androidqf, with what it keeps beside its own files. */
export const findAndroidqfPiece: PieceFinder = (tree) => {
  const folder = findAndroidqf(tree);
  if (folder === null) return null;
  return {
    kind: 'androidqf',
    source: 'androidqf',
    path: folder,
    owns: (path) => path.startsWith(folder),
    read(builder, options) {
      readAndroidqf(builder, tree, folder, MAX_EVIDENCE_FILE_BYTES);
      readNestedBugReport(builder, tree, folder, options);
      readIntrusionLogs(builder, tree, folder);
      // Its `logs/` are copies of what the phone let it read.
      readTombstones(builder, tree, folder);
      const backup = tree.read(`${folder}backup.ab`, MAX_EVIDENCE_FILE_BYTES);
      // An empty one is what is left where the owner did not agree to a backup.
      if (backup !== null && isAndroidBackup(backup)) readAndroidBackup(builder, `${folder}backup.ab`, backup, options);
    },
  };
};

const MAX_INTRUSION_LOGS = 200;

/** Logs that the owner of an Android 16 phone downloaded; androidqf puts them beside its own files. */
function readIntrusionLogs(builder: EvidenceBuilder, tree: EvidenceTree, folder: string): void {
  const paths = tree.list().filter((path) => path.startsWith(`${folder}intrusion_logs/`));
  for (const path of firstOf(builder, paths, MAX_INTRUSION_LOGS, 'intrusion logs', folder)) {
    const bytes = tree.read(path, MAX_EVIDENCE_FILE_BYTES);
    if (bytes !== null) readIntrusionLog(builder, path, bytes);
  }
}

/** androidqf keeps a bug report beside its own files; what it adds is read under the bundle's name. */
function readNestedBugReport(builder: EvidenceBuilder, tree: EvidenceTree, folder: string, options: ReadOptions): void {
  const path = `${folder}bugreport.zip`;
  if (tree.size(path) === null || options.openArchive === undefined) return;
  const bytes = tree.read(path, MAX_EVIDENCE_FILE_BYTES);
  const inner = bytes === null ? null : options.openArchive(bytes);
  const report = inner === null ? null : findBugReport(inner);
  if (inner === null || report === null) {
    builder.diagnose({
      id: 'androidqf.bugreport.unreadable',
      level: 'warning',
      message: 'bugreport.zip holds no bug report that can be read.',
      where: path,
    });
    return;
  }
  const text = inner.read(report, MAX_EVIDENCE_FILE_BYTES);
  if (text !== null) readBugReport(builder, `${path}!/${report}`, text, options.onProgress);
  readTombstones(builder, inner, report.slice(0, report.lastIndexOf('/') + 1), `${path}!/`);
}
