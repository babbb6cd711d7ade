import type { Diagnostic, Parsed } from '@vedette/contracts';
import type { EvidencePiece, PieceFinder } from './evidence-piece.ts';
import { type EvidenceTree, mountedTree, treeWithout } from './evidence-tree.ts';
import { findAdbPiece } from './pieces/adb-piece.ts';
import { findAndroidBackupPiece } from './pieces/android-backup-piece.ts';
import { findAndroidqfPiece } from './pieces/androidqf-piece.ts';
import { findBugReportPiece } from './pieces/bug-report-piece.ts';
import { findIosBackupPiece } from './pieces/ios-backup-piece.ts';
import { findIosFilesPiece } from './pieces/ios-files-piece.ts';
import { findLoneAnswersPiece } from './pieces/lone-answers-piece.ts';
import { findMdmPiece } from './pieces/mdm-piece.ts';
import { findSysdiagnosePiece } from './pieces/sysdiagnose-piece.ts';
import { findUsbPiece } from './pieces/usb-piece.ts';
import { MAX_EVIDENCE_FILE_BYTES, type ReadOptions } from './read-options.ts';

/** Every kind of evidence, in the order in which it is looked for: bundles that may hold others come first. */
const FINDERS: readonly PieceFinder[] = [
  findUsbPiece,
  findIosBackupPiece,
  findSysdiagnosePiece,
  findIosFilesPiece,
  findAndroidqfPiece,
  findBugReportPiece,
  findAdbPiece,
  findAndroidBackupPiece,
  findMdmPiece,
  findLoneAnswersPiece,
];

/** Most pieces read of one folder, and most archives opened to look for them. */
export const MAX_PIECES = 50;
const MAX_ARCHIVES = 50;
const ARCHIVE = /\.(?:zip|tar|tar\.gz|tgz)$/i;

/** What a tree is made of. Each file is part of at most one piece; archives that are part of none are opened and looked into, one level deep. */
export function findPieces(tree: EvidenceTree, options: ReadOptions): Parsed<readonly EvidencePiece[]> {
  const diagnostics: Diagnostic[] = [];
  const pieces = piecesOf(tree, options, MAX_PIECES);
  const loose = tree.list().filter((path) => ARCHIVE.test(path) && !pieces.some((piece) => piece.owns(path)));
  const unread = (where: string, message: string): void => {
    diagnostics.push({ id: 'evidence.archive', level: 'warning', message, where });
  };
  const [firstLeft] = loose.slice(MAX_ARCHIVES);
  if (firstLeft !== undefined)
    unread(
      firstLeft,
      `Only ${MAX_ARCHIVES} of ${loose.length} archives were looked into; this is the first that was not.`,
    );
  for (const path of options.openArchive === undefined ? [] : loose.slice(0, MAX_ARCHIVES)) {
    const bytes = tree.read(path, MAX_EVIDENCE_FILE_BYTES);
    const inner = bytes === null ? null : (options.openArchive?.(bytes) ?? null);
    const found = inner === null ? [] : piecesOf(mountedTree(inner, `${path}!/`), options, MAX_PIECES - pieces.length);
    if (inner === null) unread(path, 'The archive cannot be opened, so nothing in it was read.');
    else if (found.length === 0) unread(path, 'Nothing in the archive is evidence of a kind that is known.');
    pieces.push(...found);
  }
  if (pieces.length >= MAX_PIECES)
    diagnostics.push({
      id: 'evidence.limit',
      level: 'warning',
      message: `There are ${MAX_PIECES} pieces of evidence or more; those beyond were not read. Check smaller folders.`,
    });
  return { value: pieces, diagnostics };
}

function piecesOf(tree: EvidenceTree, options: ReadOptions, most: number): EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  let rest = tree;
  for (const find of FINDERS) {
    for (let piece = find(rest, options); piece !== null && pieces.length < most; piece = find(rest, options)) {
      const { owns } = piece;
      const before = rest.list().length;
      rest = treeWithout(rest, owns);
      pieces.push(piece);
      // A piece that owns none of its files would be found for ever.
      if (rest.list().length === before) break;
    }
  }
  return pieces;
}
