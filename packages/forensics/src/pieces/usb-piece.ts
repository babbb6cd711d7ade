import { readPlist } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { readBackupApps } from '../ios/backup-apps.ts';
import { readMdmAnswer } from '../mdm/mdm-answer.ts';
import { readAppleAnswer } from '../mdm/read-apple-answer.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';
import { readCrashReports } from '../sysdiagnose/crash-reports.ts';

const INDEX = /^(?:.*\/)?usb\/index\.json$/;
const MAX_INDEX_BYTES = 1024 * 1024;
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const MAX_UNANSWERED = 50;
const NOBODY: ReadonlySet<string> = new Set();

/**
 * What an iPhone answered over USB, in a folder `usb/`:
 *
 *     index.json          { "schema": "vedette.usb/1", "udid": …, "collectedAt": …, "unanswered": [ { "question": "apps", "why": … } ] }
 *     *.plist             answers in the shape of those to device management, and `applications.plist` in that of a backup's `Info.plist`
 *     crashes/**.ips      crash reports
 *     answers/            the answers as they came, for a person; not read
 */
export const findUsbPiece: PieceFinder = (tree) => {
  const indexPath = tree.list().find((path) => INDEX.test(path) && readIndex(tree, path) !== null);
  if (indexPath === undefined) return null;
  const folder = indexPath.slice(0, -'index.json'.length);
  return {
    kind: 'ios-usb',
    source: 'usb',
    path: folder,
    owns: (path) => path.startsWith(folder),
    read(builder) {
      builder.fact('platform', 'ios');
      readHead(builder, indexPath, readIndex(tree, indexPath));
      const paths = tree.list().filter((path) => path.startsWith(folder));
      for (const path of paths) {
        const name = path.slice(folder.length);
        if (!/^[^/]+\.plist$/.test(name)) continue;
        const bytes = tree.read(path, MAX_ANSWER_BYTES);
        if (bytes !== null) readAnswer(builder, path, bytes);
      }
      readCrashReports(
        builder,
        tree,
        paths.filter((path) => path.startsWith(`${folder}crashes/`)),
        folder,
      );
    },
  };
};

function readIndex(tree: EvidenceTree, path: string): unknown {
  const bytes = tree.read(path, MAX_INDEX_BYTES);
  const value = bytes === null ? undefined : parseJson(new TextDecoder().decode(bytes));
  return stringField(value, 'schema') === 'vedette.usb/1' ? value : null;
}

function readHead(builder: EvidenceBuilder, file: string, index: unknown): void {
  const at = Date.parse(stringField(index, 'collectedAt') ?? '');
  if (!Number.isNaN(at)) builder.setCollectedAt(new Date(at).toISOString());
  const unanswered = fieldOf(index, 'unanswered');
  for (const one of Array.isArray(unanswered) ? unanswered.slice(0, MAX_UNANSWERED) : []) {
    const [question, why] = [stringField(one, 'question') ?? '', stringField(one, 'why') ?? ''];
    builder.diagnose({
      id: 'evidence.unanswered',
      level: 'warning',
      message: `The phone’s answer to “${question.slice(0, 100)}” ${why.slice(0, 300)}; what it tells is unknown.`,
      where: file,
    });
  }
}

function readAnswer(builder: EvidenceBuilder, path: string, bytes: Uint8Array): void {
  if (path.endsWith('/applications.plist')) {
    const { value } = readPlist(bytes);
    // The list of apps is whole in the other file; this one has those alone that a store wrote something down of.
    if (value !== null) readBackupApps(builder, path, value, false);
    return;
  }
  const answer = readMdmAnswer(bytes);
  if (answer?.kind === 'apple') readAppleAnswer(builder, path, answer.value, NOBODY);
}
