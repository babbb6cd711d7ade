import { isAndroidBackup } from '../android-backup/open-android-backup.ts';
import { readAndroidBackup } from '../android-backup/read-android-backup.ts';
import type { PieceFinder } from '../evidence-piece.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';

/** A file of `adb backup`. */
export const findAndroidBackupPiece: PieceFinder = (tree) => {
  const path = tree
    .list()
    .find((one) => /\.(?:ab|backup|adb)$/i.test(one) && isAndroidBackup(tree.read(one, 64) ?? new Uint8Array()));
  if (path === undefined) return null;
  return {
    kind: 'android-backup',
    source: 'backup',
    path,
    owns: (candidate) => candidate === path,
    read(builder, options) {
      builder.fact('platform', 'android');
      const bytes = tree.read(path, MAX_EVIDENCE_FILE_BYTES);
      if (bytes !== null) readAndroidBackup(builder, path, bytes, options);
    },
  };
};
