import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Diagnostic } from '@vedette/contracts';
import type { IndicatorList } from '../indicator.ts';
import { createIndicatorSet, type IndicatorSet } from '../indicator-set.ts';
import { readCsvList, readFamilies, readPlainList } from '../read-lists.ts';
import { readStix } from '../read-stix.ts';

/** Larger lists are not read: the largest public ones have some 50 MB. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_FILES = 1_000;
const MAX_DEPTH = 4;

export interface LoadedIndicators {
  readonly folder: string;
  readonly set: IndicatorSet;
  /** Of each list in the order of `set.lists`: its path in the folder, bytes, and when the file was changed. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly changedAt: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads all lists of a folder and those below it: `.stix2`, `.stix` and `.json` (STIX bundles), `.yaml` (families), `.csv`, `.txt` and files without an ending (one value a line).
 * What cannot be read costs a diagnostic and nothing else. A missing folder is an empty set, and said.
 */
export async function loadIndicators(folder: string): Promise<LoadedIndicators> {
  const diagnostics: Diagnostic[] = [];
  const lists: IndicatorList[] = [];
  const files: { path: string; bytes: number; changedAt: string }[] = [];
  for (const path of listFiles(folder, diagnostics)) {
    try {
      const stat = statSync(join(folder, path));
      if (stat.size > MAX_FILE_BYTES) {
        diagnostics.push(
          warning(
            'indicators.too-large',
            `The list has ${stat.size} bytes; lists up to ${MAX_FILE_BYTES} are read.`,
            path,
          ),
        );
        continue;
      }
      const read = await readList(readFileSync(join(folder, path), 'utf8'), path);
      if (read === null) continue;
      diagnostics.push(...read.diagnostics.map((diagnostic) => ({ ...diagnostic, where: diagnostic.where ?? path })));
      if (read.value.indicators.length === 0) continue;
      lists.push(read.value);
      files.push({ path, bytes: stat.size, changedAt: stat.mtime.toISOString() });
    } catch (error) {
      diagnostics.push(warning('indicators.unreadable', error instanceof Error ? error.message : String(error), path));
    }
  }
  return { folder, set: createIndicatorSet(lists), files, diagnostics };
}

/** Reads one list by the ending of its name; null when it is none that we know. */
export async function readList(
  text: string,
  path: string,
): Promise<{ readonly value: IndicatorList; readonly diagnostics: readonly Diagnostic[] } | null> {
  switch (extname(path).toLowerCase()) {
    case '.stix2':
    case '.stix':
    case '.json':
      return readStix(JSON.parse(text) as unknown, path);
    case '.yaml':
    case '.yml': {
      const { parseYaml } = await import('./parse-yaml.ts');
      const value: unknown = parseYaml(text, { maxAliasCount: 100 });
      return readFamilies(value, path);
    }
    case '.csv':
    case '.tsv':
      return readCsvList(text, path);
    case '.txt':
    case '':
      return readPlainList(text, path);
    default:
      return null;
  }
}

/** What stands beside lists and is none: `indicators.yaml` is the index that MVT downloads by. */
const NO_LISTS =
  /(?:^|\/)(?:readme|licen[cs]e|notice|changelog)[^/]*$|(?:^|\/)\.|(?:^|\/)(?:feeds|indicators)\.ya?ml$|(?:^|\/)feeds-state\.json$/i;

function listFiles(folder: string, diagnostics: Diagnostic[]): string[] {
  const found: string[] = [];
  const walk = (below: string, depth: number): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(folder, below), { withFileTypes: true });
    } catch (error) {
      const reason =
        error instanceof Error && 'code' in error && error.code === 'ENOENT'
          ? 'There is no such folder.'
          : String(error);
      diagnostics.push(warning('indicators.folder', reason, join(folder, below)));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (NO_LISTS.test(path)) continue;
      if (entry.isDirectory() && depth < MAX_DEPTH) walk(path, depth + 1);
      else if (entry.isFile()) found.push(path);
    }
  };
  walk('', 0);
  if (found.length > MAX_FILES)
    diagnostics.push(
      warning('indicators.too-many-files', `Only the first ${MAX_FILES} of ${found.length} files were read.`, folder),
    );
  return found.slice(0, MAX_FILES);
}

function warning(id: string, message: string, where: string): Diagnostic {
  return { id, level: 'warning', message: message.slice(0, 500), where };
}
