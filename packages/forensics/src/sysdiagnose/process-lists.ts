import { dictionaryAt, readPlist } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { forEachLine } from '../lines.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';
import { isJailbreakProgram } from '../root-signs.ts';
import type { ListedProcess, ProcessNotes } from './process-notes.ts';

/** What reads one file of processes. */
export type ProcessReader = (builder: EvidenceBuilder, notes: ProcessNotes, file: string, bytes: Uint8Array) => void;

/** Binaries of one file shown to lists of indicators. */
const MAX_BINARIES = 100_000;

/** `ps axwww` and `ps -M`: columns by their names, the command last. In the latter further threads of a process leave the user out. */
const readPs: ProcessReader = (builder, notes, file, bytes) => {
  const list = file.slice(file.lastIndexOf('/') + 1);
  let columns: readonly string[] = [];
  forEachLine(bytes, (text, line) => {
    const parts = text.trim().split(/\s+/);
    if (parts.includes('PID') && parts.at(-1) === 'COMMAND') {
      columns = parts;
      return;
    }
    if (columns.length === 0 || parts.length < columns.length || /^\s/.test(text)) return;
    // The start may be written in several words; the command begins at the first path or at the last column.
    const command = /\s(\/\S.*)$/.exec(text)?.[1] ?? parts.slice(columns.length - 1).join(' ');
    const path = command.split(/\s/, 1)[0] ?? '';
    const pid = parts[columns.indexOf('PID')] ?? '';
    const process = { pid: Number(pid), name: nameOf(path), path, seconds: null, file, line };
    notes.add(list, process);
    record(builder, process, command, parts[columns.indexOf('USER')] ?? '');
  });
};

/** `taskinfo.txt`: blocks that begin with `process: "launchd" [1]`; one of their lines is `run time: 86400 s`. */
const readTaskInfo: ProcessReader = (builder, notes, file, bytes) => {
  readBlocks(bytes, /^\s*process:\s+"([^"]{1,200})"\s+\[(\d{1,9})\]/, /^\s*run time:\s+(\d{1,10})/, null, (found) => {
    const process = { ...found, file };
    notes.add('taskinfo.txt', process);
    record(builder, process, found.name, '');
  });
};

/** `spindump-nosymbols.txt`: blocks that begin with `Process: launchd [1]`, with `Path:` and `Time Since Fork: 86400s`. */
const readSpindump: ProcessReader = (builder, notes, file, bytes) => {
  const since = /^\s*Time Since Fork:\s+(\d{1,10})/;
  readBlocks(bytes, /^\s*Process:\s+(\S.{0,200}?)\s+\[(\d{1,9})\]/, since, /^\s*Path:\s+(\/\S.*)$/, (found) => {
    const process = { ...found, file };
    notes.add('spindump-nosymbols.txt', process);
    record(builder, process, found.path === '' ? found.name : found.path, '');
  });
};

function readBlocks(
  bytes: Uint8Array,
  begin: RegExp,
  age: RegExp,
  path: RegExp | null,
  found: (process: Omit<ListedProcess, 'file'>) => void,
): void {
  let open: { name: string; pid: number; path: string; seconds: number | null; line: number } | null = null;
  forEachLine(bytes, (text, line) => {
    const began = begin.exec(text);
    if (began !== null) {
      if (open !== null) found(open);
      open = { name: began[1] ?? '', pid: Number(began[2]), path: '', seconds: null, line };
      return;
    }
    if (open === null) return;
    const seconds = age.exec(text)?.[1];
    if (seconds !== undefined) open.seconds ??= Number(seconds);
    if (path !== null && open.path === '') open.path = path.exec(text)?.[1]?.trim() ?? '';
  });
  if (open !== null) found(open);
}

/** `logdata.statistics.*.txt`: records `--- !logd statistics record` with `time  : …` and processes `- [ 123, 4.5, /usr/libexec/x ]`. */
const readLogStatistics: ProcessReader = (builder, _notes, file, bytes) => {
  let at: string | null = null;
  forEachLine(bytes, (text, line) => {
    if (text.startsWith('--- !')) at = null;
    const time = Date.parse(
      /^\s*time\s*:\s*(\S+ \S+)/
        .exec(text)?.[1]
        ?.replace(' ', 'T')
        .replace(/([+-]\d\d)(\d\d)$/, '$1:$2') ?? '',
    );
    if (!Number.isNaN(time)) at = new Date(time).toISOString();
    const path = /^\s*- \[\s*\d+,\s*[\d.]+,\s*(\S.{0,1000}?)\s*\]\s*$/.exec(text)?.[1];
    if (path !== undefined) wrote(builder, path, { file, line }, at);
  });
};

/** The same as one JSON value a line: `unixTime`, `processList` of `{ "process": … }`. */
const readLogStatisticsJson: ProcessReader = (builder, _notes, file, bytes) => {
  forEachLine(bytes, (text, line) => {
    const value = parseJson(text);
    const seconds = fieldOf(value, 'unixTime');
    const at = typeof seconds === 'number' && Math.abs(seconds) < 8e12 ? new Date(seconds * 1000).toISOString() : null;
    const list = fieldOf(value, 'processList');
    for (const one of Array.isArray(list) ? list.slice(0, 1_000) : []) {
      const path = stringField(one, 'process') ?? '';
      if (path !== '') wrote(builder, path, { file, line }, at);
    }
  });
};

/** `logs/tailspindb/UUIDToBinaryLocations`: a property list with the path of each binary that was sampled, by its UUID. */
const readBinaries: ProcessReader = (builder, _notes, file, bytes) => {
  const entries = [...(dictionaryAt(readPlist(bytes).value)?.entries ?? [])].slice(0, MAX_BINARIES);
  for (const [id, value] of entries)
    if (value.kind === 'string') wrote(builder, value.value, { file: `${file}#${id}` }, null);
};

function wrote(
  builder: EvidenceBuilder,
  path: string,
  place: { readonly file: string; readonly line?: number },
  at: string | null,
): void {
  builder.record({
    artefact: 'ios.binary',
    text: `${path.slice(0, 300)} ran`,
    at,
    place,
    fields: { path },
    observables: [
      { kind: 'process', value: nameOf(path) },
      { kind: 'path', value: path },
    ],
    transient: true,
  });
}

function record(
  builder: EvidenceBuilder,
  { path, name, pid, file, line }: ListedProcess,
  command: string,
  user: string,
): void {
  if (isJailbreakProgram(path)) builder.observe('process.root-marker', path, { file, line });
  builder.record({
    artefact: 'ios.process',
    text: `Process ${command.slice(0, 300)}`,
    place: { file, line },
    fields: { path, user, pid: String(pid) },
    observables: [
      { kind: 'process', value: name },
      { kind: 'path', value: path },
    ],
    transient: true,
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Lists that name every process of the phone. */
export const COMPLETE_LISTS = ['ps.txt', 'ps_thread.txt'] as const;

/** Which file is which list. Formats: the sysdiagnose framework of CERT-EU, and public samples of `ps` and `spindump`. */
export const PROCESS_READERS: readonly (readonly [RegExp, ProcessReader])[] = [
  [/(?:^|\/)ps(?:_thread)?\.txt$/, readPs],
  [/(?:^|\/)taskinfo\.txt$/, readTaskInfo],
  [/(?:^|\/)spindump-nosymbols\.txt$/, readSpindump],
  [/(?:^|\/)logdata\.statistics\.[^/]*\.txt$/, readLogStatistics],
  [/(?:^|\/)logdata\.statistics\.[^/]*\.jsonl$/, readLogStatisticsJson],
  [/(?:^|\/)tailspindb\/UUIDToBinaryLocations$/, readBinaries],
];
