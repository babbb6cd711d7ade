import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Parsed } from '@vedette/contracts';
import { readKev } from '../vulnerabilities/read-kev.ts';
import { readOsv } from '../vulnerabilities/read-osv.ts';
import { readSofa } from '../vulnerabilities/read-sofa.ts';
import {
  mergeVulnerabilityData,
  NO_VULNERABILITY_DATA,
  type VulnerabilityData,
} from '../vulnerabilities/vulnerability-data.ts';

/** OSV publishes one file for each of some thousands of records. */
const MAX_FILES = 50_000;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 3;

/** What was loaded, and a text that changes when a file does. */
export interface LoadedVulnerabilities {
  readonly data: VulnerabilityData;
  readonly diagnostics: readonly Diagnostic[];
}

/** The files of a folder that `loadVulnerabilities` would read, with size and time: the same text, the same data. A missing folder has none. */
export function vulnerabilityFiles(folder: string): readonly { readonly path: string; readonly stamp: string }[] {
  const found: { path: string; stamp: string }[] = [];
  const walk = (below: string, depth: number): void => {
    let names: string[];
    try {
      names = readdirSync(below).sort();
    } catch {
      return;
    }
    for (const name of names) {
      if (name.startsWith('.') || found.length >= MAX_FILES) continue;
      const path = join(below, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory() === true && depth < MAX_DEPTH) walk(path, depth + 1);
      else if (stat?.isFile() === true && name.endsWith('.json'))
        found.push({ path, stamp: `${stat.size} ${stat.mtimeMs}` });
    }
  };
  walk(folder, 1);
  return found;
}

/**
 * Reads the lists of a folder: the iOS feed of SOFA, CISA's catalogue of known exploited vulnerabilities, records of OSV for Android, each recognised by what it holds. What cannot be read
 * costs a diagnostic and nothing else.
 */
export function loadVulnerabilities(folder: string): LoadedVulnerabilities {
  const lists: VulnerabilityData[] = [];
  const records: unknown[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path } of vulnerabilityFiles(folder)) {
    const note = (message: string): void => {
      diagnostics.push({ id: 'vulnerabilities.unreadable', level: 'warning', message, where: path });
    };
    try {
      if (statSync(path).size > MAX_FILE_BYTES) {
        note(`The list is larger than ${MAX_FILE_BYTES} bytes.`);
        continue;
      }
      const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
      const read = readOne(value, records);
      if (read === null) note('This is no list that we know: SOFA, CISA KEV, OSV.');
      else {
        lists.push(read.value);
        diagnostics.push(...read.diagnostics.map((one) => ({ ...one, where: path })));
      }
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
    }
  }
  if (records.length > 0) {
    const { value, diagnostics: more } = readOsv(records);
    lists.push(value);
    diagnostics.push(...more);
  }
  return { data: lists.length === 0 ? NO_VULNERABILITY_DATA : mergeVulnerabilityData(lists), diagnostics };
}

function readOne(value: unknown, records: unknown[]): Parsed<VulnerabilityData> | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('OSVersions' in value) return readSofa(value);
  if ('vulnerabilities' in value) return readKev(value);
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!all.every((one) => typeof one === 'object' && one !== null && 'id' in one && 'affected' in one)) return null;
  // Read together: there is one source, however many files.
  records.push(...all);
  return { value: NO_VULNERABILITY_DATA, diagnostics: [] };
}
