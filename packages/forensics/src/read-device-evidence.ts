import type { DeviceEvidence, Diagnostic, EvidenceKind, EvidenceRecord, Parsed } from '@vedette/contracts';
import { createEvidenceBuilder } from './evidence-builder.ts';
import type { EvidenceTree } from './evidence-tree.ts';
import { findPieces } from './find-pieces.ts';
import { mergePieces, type ReadPiece } from './merge-pieces.ts';
import type { ReadOptions } from './read-options.ts';

/** What was read, and from what kind of evidence. */
export interface ReadEvidence {
  readonly kind: EvidenceKind;
  readonly evidence: DeviceEvidence;
  /** When the evidence was collected; null when neither it nor the caller says. */
  readonly collectedAt: string | null;
  /** The timeline: by time, undated records last. */
  readonly records: readonly EvidenceRecord[];
  readonly recordsOmitted: number;
  /** Where there was more than one piece: each that was read. */
  readonly parts?: { readonly path: string; readonly kind: EvidenceKind }[];
}

/**
 * Reads all evidence in a tree of files: bug reports, androidqf bundles, recorded ADB answers, backups, sysdiagnoses, answers of device management (`find-pieces.ts` has the list), joined where several tell of one
 * phone. Never throws on input; the value is null, with one diagnostic that says why, when there is none. What is missing, denied or damaged is left out or noted as
 * denied: judging is not done here.
 */
export function readDeviceEvidence(tree: EvidenceTree, options: ReadOptions): Parsed<ReadEvidence | null> {
  const { value: pieces, diagnostics: unread } = findPieces(tree, options);
  const read = pieces.map((piece, index): ReadPiece => {
    const builder = createEvidenceBuilder(piece.source, options);
    const { onProgress } = options;
    piece.read(builder, {
      ...options,
      ...(onProgress === undefined
        ? {}
        : { onProgress: (fraction: number) => onProgress((index + fraction) / pieces.length) }),
    });
    return { piece, ...builder.finish({ collectedAt: options.collectedAt, now: options.now }) };
  });
  const [first] = read;
  if (first === undefined) return { value: null, diagnostics: [unrecognised(tree), ...unread] };
  if (read.length === 1) {
    const { piece, diagnostics, ...evidence } = first;
    return { value: { kind: piece.kind, ...evidence }, diagnostics: [...unread, ...diagnostics] };
  }
  const { parts, diagnostics, ...evidence } = mergePieces(read);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined)
    return { value: { kind: only.kind, ...evidence }, diagnostics: [...unread, ...diagnostics] };
  return {
    value: { kind: 'several', ...evidence, parts: parts.map(({ path, kind }) => ({ path, kind })) },
    diagnostics: [...unread, ...diagnostics],
  };
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
        ? 'There are no files here. Give a bug report (ZIP or text), an androidqf bundle, a folder of ADB answers, a backup, a sysdiagnose or answers of device management.'
        : 'This is no bug report, no androidqf bundle, no folder of ADB answers, no backup, no sysdiagnose and no answer of device management.',
  };
}
