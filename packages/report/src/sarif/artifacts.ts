import type { Appraisal } from '@vedette/contracts';
import { shortened } from '../text/printable.ts';
import { entryUri } from './entry-uri.ts';
import type { SarifArtifact, SarifArtifactLocation } from './sarif-log.ts';

/** What entry paths are relative to: the root of the archive that the app is. */
export const APP_ROOT = 'APP';

/** The app file and the entries in it that results point at, each once; the app file is the first (SARIF 2.1.0 section 3.24). */
export function createArtifacts({ file }: Appraisal): {
  readonly list: readonly SarifArtifact[];
  readonly whole: SarifArtifactLocation;
  readonly entry: (path: string) => SarifArtifactLocation;
} {
  const appUri = entryUri(file.name);
  const list: SarifArtifact[] = [
    {
      location: { uri: appUri },
      length: file.size,
      hashes: { 'sha-256': file.sha256 },
      roles: ['analysisTarget'],
      description: { text: shortened(file.name, 300) },
    },
  ];
  const known = new Map<string, number>();
  return {
    list,
    whole: { uri: appUri, index: 0 },
    entry(path) {
      const uri = entryUri(path);
      const index = known.get(uri) ?? list.length;
      if (index === list.length) {
        known.set(uri, index);
        list.push({
          location: { uri, uriBaseId: APP_ROOT },
          parentIndex: 0,
          description: { text: shortened(path, 300) },
        });
      }
      return { uri, uriBaseId: APP_ROOT, index };
    },
  };
}
