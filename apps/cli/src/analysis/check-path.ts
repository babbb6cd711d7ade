import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { createNodeCiphers, createNodeHost } from '@vedette/bytes/node';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import {
  type EvidenceTree,
  isTarball,
  type ReadEvidence,
  type RecordListener,
  readDeviceEvidence,
  treeFromFiles,
  treeFromTarball,
  treeFromZip,
} from '@vedette/forensics';
import { treeFromDirectory } from '@vedette/forensics/node';
import { ARTEFACT_RULES, checkDevice, createRecordJudge, renderCheckText } from '@vedette/posture';
import { loadVulnerabilities } from '@vedette/posture/node';
import { CliError, EXIT } from '../exit-code.ts';
import type { Analysed } from './analysed.ts';
import type { AnalysisJob, Progress } from './job.ts';
import { jobIndicators } from './job-indicators.ts';
import { readInput } from './read-input.ts';

/** Largest bug report ZIP that is read, in bytes; the file system keeps larger folders readable. */
const LARGEST_EVIDENCE_BYTES = 768 * 1024 * 1024;
/** What the default policy says; a check has no policy of its own. */
const STALE_AFTER_HOURS = 72;
const MAX_PATCH_AGE_DAYS = 180;

/**
 * Reads recorded evidence and judges it, as of the time it was collected: what a phone was then is what its evidence can tell.
 * @throws CliError when the path cannot be read or is no evidence
 */
export async function checkPath(job: AnalysisJob, onProgress: Progress): Promise<Analysed> {
  const { set, notes } = await jobIndicators(job);
  const records = createRecordJudge(ARTEFACT_RULES, set === null ? undefined : set.matchRecord);
  const lists = job.vulnerabilities === undefined ? null : loadVulnerabilities(job.vulnerabilities);
  const check = checkDevice(readEvidence(job, onProgress, records.see), {
    path: job.path,
    engineVersion: job.version,
    now: job.now,
    staleAfterHours: STALE_AFTER_HOURS,
    maxPatchAgeDays: MAX_PATCH_AGE_DAYS,
    recordFindings: records.findings,
    ...(lists === null ? {} : { vulnerabilities: lists.data }),
    ...(set === null
      ? {}
      : { indicators: { total: set.total, lists: set.lists.map(({ name }) => name).slice(0, 500) } }),
  });
  if (check === null) throw new TypeError('evidence that was read cannot be none');
  return {
    data: check,
    text: job.text === null ? '' : renderCheckText(check, job.text),
    findings: check.findings,
    notes: [
      ...notes,
      ...(lists?.diagnostics ?? []).slice(0, 3).map(({ where, message }) => `weaknesses: ${where ?? ''}: ${message}`),
    ],
  };
}

/** Reads recorded evidence for the agent, which leaves the judging to the server. */
export function collectEvidence(job: AnalysisJob, onProgress: Progress): Analysed {
  const { value } = readEvidence(job, onProgress);
  return { data: value.evidence, text: '' };
}

function readEvidence(
  job: AnalysisJob,
  onProgress: Progress,
  onRecord?: RecordListener,
): { value: ReadEvidence; diagnostics: readonly Diagnostic[] } {
  onProgress('reading', 0);
  const opened = job.files === undefined ? openTree(job.path) : { tree: treeFromFiles(job.files), diagnostics: [] };
  const read: Parsed<ReadEvidence | null> = readDeviceEvidence(opened.tree, {
    now: job.now,
    onProgress: (fraction) => onProgress('reading', fraction),
    openArchive: (bytes) => treeFromArchive(bytes)?.tree ?? null,
    host: createNodeHost(),
    ciphers: createNodeCiphers(),
    ...(job.password === undefined ? {} : { password: job.password }),
    ...(onRecord === undefined ? {} : { onRecord }),
  });
  if (read.value === null)
    throw new CliError(EXIT.failed, `${job.path}: ${read.diagnostics[0]?.message ?? 'nothing in it could be read'}`);
  return { value: read.value, diagnostics: [...opened.diagnostics, ...read.diagnostics] };
}

/** A folder, a ZIP or one text file, as the tree that `forensics` reads. */
function openTree(path: string): { tree: EvidenceTree; diagnostics: readonly Diagnostic[] } {
  if (isFolder(path)) return { tree: treeFromDirectory(path), diagnostics: [] };
  const bytes = readInput(path, LARGEST_EVIDENCE_BYTES);
  const archive = treeFromArchive(bytes);
  if (archive !== null) return archive;
  return { tree: treeFromFiles(new Map([[basename(path), bytes]])), diagnostics: [] };
}

/** A ZIP or a tar archive; null for what is neither. */
function treeFromArchive(bytes: Uint8Array): { tree: EvidenceTree; diagnostics: readonly Diagnostic[] } | null {
  // 'PK': every ZIP begins with a record of that name (APPNOTE 4.3.6); text never does.
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip && !isTarball(bytes)) return null;
  const { value, diagnostics } = (isZip ? treeFromZip : treeFromTarball)(bytes, createNodeHost());
  return value === null ? null : { tree: value, diagnostics };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
