import { readAdbAnswers } from '../adb-answers.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import { baseName } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';
import { recogniseAnswer } from '../recognise-answer.ts';
import { readTombstones, tombstonesIn } from './bug-report-piece.ts';

const HEAD_BYTES = 64 * 1024;
/** Files looked into: whoever has a few outputs of commands has a few. */
const MAX_FILES = 100;

/** Outputs of `adb shell` commands under names of somebody's own, recognised by what they say, and crash reports by themselves. Looked for last, when nothing else is there to be. */
export const findLoneAnswersPiece: PieceFinder = (tree) => {
  const texts = tree
    .list()
    .filter((path) => /\.(?:txt|log|out)$|^[^.]*$/i.test(baseName(path)) && path.split('/').length <= 3);
  const commands = new Map<string, string>();
  for (const path of texts.slice(0, MAX_FILES)) {
    const head = tree.read(path, HEAD_BYTES);
    const slug = head === null || head.includes(0) ? null : recogniseAnswer(new TextDecoder().decode(head));
    if (slug !== null) commands.set(path, slug);
  }
  const tombstones = new Set(tombstonesIn(tree.list()));
  if (commands.size + tombstones.size === 0) return null;
  const [first = ''] = [...commands.keys(), ...tombstones];
  const found = { folder: first.slice(0, first.lastIndexOf('/') + 1), commands, collectedAt: null, askedAt: new Map() };
  return {
    kind: 'adb',
    source: 'adb',
    path: commands.size + tombstones.size === 1 ? first : found.folder,
    owns: (path) => commands.has(path) || tombstones.has(path),
    read(builder) {
      firstOf(builder, texts, MAX_FILES, 'files that may be outputs of commands', found.folder);
      readAdbAnswers(builder, tree, found, MAX_EVIDENCE_FILE_BYTES);
      readTombstones(builder, tree, '');
    },
  };
};
