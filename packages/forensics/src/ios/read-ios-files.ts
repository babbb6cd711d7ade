import type { EvidenceBuilder } from '../evidence-builder.ts';
import { readDatabase } from './database-reader.ts';
import { IOS_DATABASES } from './databases.ts';
import type { IosFiles } from './ios-files.ts';
import { isKnownList, readList } from './property-lists.ts';

/** Paths shown to indicators from one list of files. */
const MAX_PATHS = 1_000_000;

/** Reads every artefact that is known among the files of an iPhone, and shows each path to who holds paths against lists. */
export function readIosFiles(builder: EvidenceBuilder, files: IosFiles, onProgress?: (fraction: number) => void): void {
  for (const [index, file] of files.files.entries()) {
    if (index % 5_000 === 0) onProgress?.(index / files.files.length);
    for (const reader of IOS_DATABASES) if (reader.is(file)) readDatabase(builder, files, file, reader);
    if (isKnownList(file)) readList(builder, file);
    if (index >= MAX_PATHS) continue;
    builder.record({
      artefact: 'ios.file',
      text: `File ${file.path}`,
      place: { file: file.shownAs },
      fields: { domain: file.domain },
      observables: [
        { kind: 'path', value: file.path },
        { kind: 'file-name', value: file.path.slice(file.path.lastIndexOf('/') + 1) },
        ...domainsIn(file.path),
      ],
      transient: true,
    });
  }
}

/** Folders of web data are named by their host: `https_evil.example_0`. */
function domainsIn(path: string): { readonly kind: 'domain'; readonly value: string }[] {
  return [...path.matchAll(/(?:^|\/)https?_([a-z0-9.-]{4,253})_\d+(?=\/|\.|$)/gi)].map(([, host = '']) => ({
    kind: 'domain' as const,
    value: host,
  }));
}
