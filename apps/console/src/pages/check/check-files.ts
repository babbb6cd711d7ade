import type { Host } from '@vedette/bytes';
import type { CheckResult, Diagnostic } from '@vedette/contracts';
import {
  type EvidenceTree,
  isTarball,
  readDeviceEvidence,
  treeFromFiles,
  treeFromTarball,
  treeFromZip,
} from '@vedette/forensics';
import { ARTEFACT_RULES, answerOf, checkDevice, createRecordJudge } from '@vedette/posture';
import { readIndicatorLists } from './indicator-lists.ts';
import { isList } from './is-list.ts';

export type CheckOutcome =
  | { readonly result: CheckResult; readonly answer: string }
  | { readonly refused: readonly Diagnostic[] };

/** A file that somebody dropped. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The limits of the policy that a new organisation begins with; a phone checked alone has no policy of its own. */
export const ALONE = { staleAfterHours: 72, maxPatchAgeDays: 180 } as const;

/**
 * Reads the evidence of one phone (bug reports, androidqf ZIPs, text files, several at once) and judges it, held against the lists of indicators among the files. Nothing leaves the caller.
 * @param now ISO 8601
 */
export async function checkFiles(
  given: readonly GivenFile[],
  host: Host,
  now: string,
  engineVersion: string,
  onProgress: (share: number) => void,
  path: string = given
    .filter(({ name }) => !isList(name))
    .map(({ name }) => name)
    .join(', '),
): Promise<CheckOutcome> {
  const lists = given.filter(({ name }) => isList(name));
  const evidence = given.filter(({ name }) => !isList(name));
  const indicators = await readIndicatorLists(lists);
  const opened = openTree(evidence, host);
  if (opened.value === null) return { refused: opened.diagnostics };
  const records = createRecordJudge(ARTEFACT_RULES, indicators.set?.matchRecord);
  const read = readDeviceEvidence(opened.value, {
    now,
    onProgress,
    host,
    openArchive: (inner) => openArchive(inner, host)?.value ?? null,
    onRecord: records.see,
  });
  const diagnostics = [...indicators.diagnostics, ...opened.diagnostics, ...read.diagnostics];
  const { set } = indicators;
  const result = checkDevice(
    { value: read.value, diagnostics },
    {
      ...ALONE,
      now,
      path,
      engineVersion,
      recordFindings: records.findings,
      ...(set === null ? {} : { indicators: { total: set.total, lists: set.lists.map(({ name }) => name) } }),
    },
  );
  return result === null ? { refused: read.diagnostics } : { result, answer: answerOf(result) };
}

function openTree(
  files: readonly GivenFile[],
  host: Host,
): { readonly value: EvidenceTree | null; readonly diagnostics: readonly Diagnostic[] } {
  const [only] = files;
  const archive = only === undefined || files.length > 1 ? null : openArchive(only.bytes, host);
  if (archive !== null) return archive;
  return { value: treeFromFiles(new Map(files.map(({ name, bytes }) => [name, bytes]))), diagnostics: [] };
}

/** A ZIP or a tar archive, as far as it can be read; null for what is neither. */
function openArchive(bytes: Uint8Array, host: Host): ReturnType<typeof treeFromZip> | null {
  // Every ZIP begins with a local file header or, when empty, with its end record: "PK" either way (APPNOTE 4.3).
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return treeFromZip(bytes, host);
  return isTarball(bytes) ? treeFromTarball(bytes, host) : null;
}
