import { readPlist } from '@vedette/formats';
import type { PieceFinder } from '../evidence-piece.ts';
import { readBackupApps } from '../ios/backup-apps.ts';
import { findBackup, openBackup, readBackupInfo } from '../ios/open-backup.ts';
import { readIosFiles } from '../ios/read-ios-files.ts';

/** A backup of an iPhone or iPad, as Finder, iTunes and `idevicebackup2` write it. */
export const findIosBackupPiece: PieceFinder = (tree) => {
  const folder = findBackup(tree);
  if (folder === null) return null;
  return {
    kind: 'ios-backup',
    source: 'backup',
    path: folder,
    owns: (path) => path.startsWith(folder),
    read(builder, options) {
      readBackupInfo(builder, tree, folder);
      const bytes = tree.read(`${folder}Info.plist`, 64 * 1024 * 1024);
      const info = bytes === null ? null : readPlist(bytes).value;
      if (info !== null) readBackupApps(builder, `${folder}Info.plist`, info);
      const files = openBackup(builder, tree, folder, options);
      if (files !== null) readIosFiles(builder, files, options.onProgress);
    },
  };
};
