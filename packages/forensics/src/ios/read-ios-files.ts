import type { Observable } from '@vedette/contracts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { readDatabase } from './database-reader.ts';
import { IOS_DATABASES } from './databases.ts';
import type { IosFile, IosFiles } from './ios-files.ts';
import { isKnownList, readList } from './property-lists.ts';
import { readShutdownLog, SHUTDOWN_LOG } from './shutdown-log.ts';

/** Paths shown to indicators from one list of files. */
const MAX_PATHS = 1_000_000;
/** Parts of one path that may be the name of a process. */
const MAX_PARTS = 20;

/** Reads every artefact that is known among the files of an iPhone, and shows each path to who holds paths against lists. */
export function readIosFiles(builder: EvidenceBuilder, files: IosFiles, onProgress?: (fraction: number) => void): void {
  for (const [index, file] of files.files.entries()) {
    if (index % 5_000 === 0) onProgress?.(index / files.files.length);
    const readers = IOS_DATABASES.filter((reader) => reader.is(file));
    if (readers.length > 0) readDatabase(builder, files, file, readers);
    if (isKnownList(file)) readList(builder, file);
    if (SHUTDOWN_LOG.test(file.path)) readShutdownLog(builder, file.shownAs, file.bytes());
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
        ...processesIn(file),
      ],
      transient: true,
    });
  }
}

/** Folders of web data are named by their host: `https_evil.example_0`. */
function domainsIn(path: string): Observable[] {
  return [...path.matchAll(/(?:^|\/)https?_([a-z0-9.-]{4,253})_\d+(?=\/|\.|$)/gi)].map(([, host = '']) => ({
    kind: 'domain' as const,
    value: host,
  }));
}

/** In a file system a program of spyware stands as a file, or leaves the folder that was named after it. Files of a backup are no programs. */
function processesIn({ domain, path }: IosFile): Observable[] {
  if (domain !== '' || !path.startsWith('/')) return [];
  return path
    .split('/')
    .slice(1, MAX_PARTS)
    .map((value) => ({ kind: 'process' as const, value }));
}
