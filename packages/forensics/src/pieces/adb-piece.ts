import { ADB_INDEX, findAdbAnswers, readAdbAnswers } from '../adb-answers.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';

/** A folder of recorded ADB answers. */
export const findAdbPiece: PieceFinder = (tree) => {
  const found = findAdbAnswers(tree);
  if (found === null) return null;
  return {
    kind: 'adb',
    source: 'adb',
    path: found.folder,
    owns: (path) => found.commands.has(path) || path === found.folder + ADB_INDEX,
    read: (builder) => readAdbAnswers(builder, tree, found, MAX_EVIDENCE_FILE_BYTES),
  };
};
