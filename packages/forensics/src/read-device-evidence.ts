import type { DeviceEvidence, Diagnostic, EvidenceKind, EvidenceRecord, Parsed } from '@vedette/contracts';
import { findAdbAnswers, readAdbAnswers } from './adb-answers.ts';
import { findAndroidqf, readAndroidqf } from './androidqf.ts';
import { findBugReport, readBugReport } from './bugreport.ts';
import { createEvidenceBuilder, type EvidenceBuilder, type RecordListener } from './evidence-builder.ts';
import type { EvidenceTree } from './evidence-tree.ts';
import { readIntrusionLog } from './intrusion-log/read-intrusion-log.ts';
import { feedLines } from './lines.ts';
import { createMountsReader } from './parsers/mounts.ts';
import { readTombstone } from './parsers/tombstone.ts';

/** Largest single file read, in bytes: bug reports stay below 500 MB. */
export const MAX_EVIDENCE_FILE_BYTES = 768 * 1024 * 1024;

export interface ReadOptions {
  /** When the evidence was collected (ISO 8601), where the caller knows better than the evidence. */
  readonly collectedAt?: string;
  /** The present (ISO 8601); dates evidence that has no date of its own. */
  readonly now: string;
  /** Called now and then with the part of the largest file that was read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
  /** Opens an archive found inside the evidence (androidqf's `bugreport.zip`); without it such archives stay closed. */
  readonly openArchive?: (bytes: Uint8Array) => EvidenceTree | null;
  /** Sees every record as it is read, those too that the timeline has no room for. */
  readonly onRecord?: RecordListener;
}

/** What was read, and from what kind of evidence. */
export interface ReadEvidence {
  readonly kind: EvidenceKind;
  readonly evidence: DeviceEvidence;
  /** When the evidence was collected; null when neither it nor the caller says. */
  readonly collectedAt: string | null;
  /** The timeline: by time, undated records last. */
  readonly records: readonly EvidenceRecord[];
  readonly recordsOmitted: number;
}

/**
 * Reads a bug report, an androidqf bundle or recorded ADB answers from a tree of files. Never throws on input; the value is
 * null, with one diagnostic that says why, when the tree is none of these. What is missing, denied or damaged is left out or
 * noted as denied: judging is not done here.
 */
export function readDeviceEvidence(tree: EvidenceTree, options: ReadOptions): Parsed<ReadEvidence | null> {
  const androidqf = findAndroidqf(tree);
  if (androidqf !== null) {
    const builder = createEvidenceBuilder('androidqf', options);
    readAndroidqf(builder, tree, androidqf, MAX_EVIDENCE_FILE_BYTES);
    readNestedBugReport(builder, tree, androidqf, options);
    readIntrusionLogs(builder, tree, androidqf);
    return finish('androidqf', builder, options);
  }
  const report = findBugReport(tree);
  if (report !== null) {
    const builder = createEvidenceBuilder('bugreport', options);
    readReport(builder, tree, report, options);
    return finish('bugreport', builder, options);
  }
  const answers = findAdbAnswers(tree);
  if (answers !== null) {
    const builder = createEvidenceBuilder('adb', options);
    readAdbAnswers(builder, tree, answers, MAX_EVIDENCE_FILE_BYTES);
    return finish('adb', builder, options);
  }
  return { value: null, diagnostics: [unrecognised(tree)] };
}

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
  for (const path of paths.slice(0, MAX_MOUNT_INFOS)) {
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

function readTombstones(builder: EvidenceBuilder, tree: EvidenceTree, folder: string, shownAs = ''): void {
  const paths = tree.list().filter((path) => path.startsWith(folder) && /(?:^|\/)tombstone_\d{1,3}$/.test(path));
  for (const path of paths.slice(0, MAX_TOMBSTONES)) {
    const bytes = tree.read(path, MAX_TOMBSTONE_BYTES);
    if (bytes !== null) readTombstone(builder, shownAs + path, bytes);
  }
}

const MAX_INTRUSION_LOGS = 200;

/** Logs that the owner of an Android 16 phone downloaded; androidqf puts them beside its own files. */
function readIntrusionLogs(builder: EvidenceBuilder, tree: EvidenceTree, folder: string): void {
  const paths = tree.list().filter((path) => path.startsWith(`${folder}intrusion_logs/`));
  for (const path of paths.slice(0, MAX_INTRUSION_LOGS)) {
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

function finish(kind: ReadEvidence['kind'], builder: EvidenceBuilder, options: ReadOptions): Parsed<ReadEvidence> {
  const { diagnostics, ...read } = builder.finish({ collectedAt: options.collectedAt, now: options.now });
  return { value: { kind, ...read }, diagnostics };
}

function unrecognised(tree: EvidenceTree): Diagnostic {
  const paths = tree.list();
  const encrypted = paths.find((path) => /\.(?:zip\.)?age$/.test(path));
  if (encrypted !== undefined) {
    return {
      id: 'evidence.encrypted',
      level: 'error',
      message: 'This is an encrypted androidqf bundle. Decrypt it with age first, then give the ZIP.',
      where: encrypted,
    };
  }
  return {
    id: 'evidence.unrecognised',
    level: 'error',
    message:
      paths.length === 0
        ? 'There are no files here. Give a bug report (ZIP or text), an androidqf bundle or a folder of ADB answers.'
        : 'This is no bug report, no androidqf bundle and no folder of ADB answers.',
  };
}
