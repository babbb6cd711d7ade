import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { type MdmAnswer, readMdmAnswer } from '../mdm/mdm-answer.ts';
import { readAndroidDevice } from '../mdm/read-android-device.ts';
import { managedApps, readAppleAnswer, readAppleStatus } from '../mdm/read-apple-answer.ts';

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Files looked into: folders of answers are small, those of backups are not. */
const MAX_CANDIDATES = 500;

/** Answers of device management about one device: files of a folder, told apart by the device that they name. */
export const findMdmPiece: PieceFinder = (tree) => {
  const candidates = tree.list().filter((path) => /\.(?:plist|xml|json)$/i.test(path) && path.split('/').length <= 4);
  const answers = answersIn(tree, candidates.slice(0, MAX_CANDIDATES));
  const [first] = answers.values();
  if (first === undefined) return null;
  const own = new Map(
    [...answers].filter(
      ([, { kind, device }]) =>
        (kind === 'android') === (first.kind === 'android') &&
        (device === null || first.device === null || device === first.device),
    ),
  );
  const [path = ''] = own.keys();
  return {
    kind: 'mdm',
    source: first.kind === 'android' ? 'android-management-api' : 'apple-mdm',
    path: own.size === 1 ? path : path.slice(0, path.lastIndexOf('/') + 1),
    owns: (candidate) => own.has(candidate),
    read(builder) {
      firstOf(builder, candidates, MAX_CANDIDATES, 'files that may be answers', path);
      readAnswers(builder, own);
    },
  };
};

function answersIn(tree: EvidenceTree, candidates: readonly string[]): Map<string, MdmAnswer> {
  const answers = new Map<string, MdmAnswer>();
  for (const path of candidates) {
    if ((tree.size(path) ?? 0) > MAX_ANSWER_BYTES) continue;
    const bytes = tree.read(path, MAX_ANSWER_BYTES);
    const answer = bytes === null ? null : readMdmAnswer(bytes);
    if (answer !== null) answers.set(path, answer);
  }
  return answers;
}

function readAnswers(builder: EvidenceBuilder, answers: ReadonlyMap<string, MdmAnswer>): void {
  const managed = new Set(
    [...answers.values()].flatMap(({ kind, value }) => (kind === 'apple' ? [...managedApps(value)] : [])),
  );
  for (const [path, { kind, value }] of answers) {
    if (kind === 'android') readAndroidDevice(builder, path, value);
    else if (kind === 'apple-status') readAppleStatus(builder, path, value);
    else {
      builder.fact('platform', 'ios');
      readAppleAnswer(builder, path, value, managed);
    }
  }
}
