import type { EvidenceKind, EvidenceSource } from '@vedette/contracts';
import type { EvidenceBuilder } from './evidence-builder.ts';
import type { EvidenceTree } from './evidence-tree.ts';
import type { ReadOptions } from './read-options.ts';

/** One piece of evidence found in a tree of files: a bug report, a backup, a bundle. */
export interface EvidencePiece {
  readonly kind: Exclude<EvidenceKind, 'several'>;
  /** What its observations say they come from. */
  readonly source: EvidenceSource;
  /** Its folder or file, as shown to people; empty: the whole tree. */
  readonly path: string;
  /** Whether a file is part of it; such files are not looked at for further pieces. */
  readonly owns: (path: string) => boolean;
  /** Writes what it says into the builder. Never throws on input. */
  read(builder: EvidenceBuilder, options: ReadOptions): void;
}

/** Finds a piece of its kind in a tree, the outermost first; null when there is none. Never throws on input. */
export type PieceFinder = (tree: EvidenceTree, options: ReadOptions) => EvidencePiece | null;
