import type { Host } from '@vedette/bytes';
import type { CheckResult, Diagnostic } from '@vedette/contracts';
import { readDeviceEvidence, treeFromFiles, treeFromZip } from '@vedette/forensics';
import { answerOf, checkDevice } from '@vedette/posture';

export type CheckOutcome =
  | { readonly result: CheckResult; readonly answer: string }
  | { readonly refused: readonly Diagnostic[] };

/** The limits of the policy that a new organisation begins with; a phone checked alone has no policy of its own. */
export const ALONE = { staleAfterHours: 72, maxPatchAgeDays: 180 } as const;

/**
 * Reads a bug report (ZIP or text) or an androidqf ZIP and judges the phone. Nothing leaves the caller.
 * @param now ISO 8601
 */
export function checkFile(
  name: string,
  bytes: Uint8Array,
  host: Host,
  now: string,
  engineVersion: string,
  onProgress: (share: number) => void,
): CheckOutcome {
  // Every ZIP begins with a local file header or, when empty, with its end record: "PK" either way (APPNOTE 4.3).
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const opened = isZip ? treeFromZip(bytes, host) : { value: treeFromFiles(new Map([[name, bytes]])), diagnostics: [] };
  if (opened.value === null) return { refused: opened.diagnostics };
  const read = readDeviceEvidence(opened.value, {
    now,
    onProgress,
    openArchive: (inner) => treeFromZip(inner, host).value,
  });
  const parsed = { value: read.value, diagnostics: [...opened.diagnostics, ...read.diagnostics] };
  const result = checkDevice(parsed, { ...ALONE, now, path: name, engineVersion });
  return result === null ? { refused: parsed.diagnostics } : { result, answer: answerOf(result) };
}
