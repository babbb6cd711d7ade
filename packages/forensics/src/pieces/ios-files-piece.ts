import { readPlist, textAt } from '@vedette/formats';
import type { PieceFinder } from '../evidence-piece.ts';
import { createIosFiles } from '../ios/ios-files.ts';
import { readIosFiles } from '../ios/read-ios-files.ts';
import { stateIphone } from '../ios/state-iphone.ts';
import { createPowerSources } from '../power/power-sources.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';
import { readCrashReports } from '../sysdiagnose/crash-reports.ts';

/** Folders that only the file system of an iPhone has, after whatever it was put into. */
const TELLING = /^(.*?)(?:private\/)?var\/mobile\/(?:Library|Containers|Media)\//;

/** The file system of an iPhone, or a decrypted backup put back into its folders. */
export const findIosFilesPiece: PieceFinder = (tree) => {
  const first = tree.list().find((path) => TELLING.test(path));
  if (first === undefined) return null;
  const folder = TELLING.exec(first)?.[1] ?? '';
  return {
    kind: 'ios-files',
    source: 'backup',
    path: folder,
    owns: (path) => path.startsWith(folder),
    read(builder, options) {
      const paths = tree.list().filter((path) => path.startsWith(folder));
      const version = paths.find((path) => path.endsWith('System/Library/CoreServices/SystemVersion.plist'));
      const bytes = version === undefined ? null : tree.read(version, 1024 * 1024);
      const about = bytes === null ? null : readPlist(bytes).value;
      stateIphone(builder, version ?? folder, {
        version: textAt(about, 'ProductVersion'),
        model: null,
        name: null,
        build: textAt(about, 'ProductBuildVersion'),
      });
      const files = paths.map((path) => ({
        domain: '',
        path: `/${path.slice(folder.length)}`,
        shownAs: path,
        bytes: () => tree.read(path, MAX_EVIDENCE_FILE_BYTES),
      }));
      const power = createPowerSources(options.host);
      const bytesOf = (path: string): Uint8Array | null => tree.read(path, MAX_EVIDENCE_FILE_BYTES);
      for (const path of paths) if (power.is(path)) power.read(builder, path, bytesOf(path), bytesOf(`${path}-wal`));
      power.finish(builder);
      readCrashReports(builder, tree, paths, folder);
      readIosFiles(builder, createIosFiles(files), options.onProgress);
    },
  };
};
