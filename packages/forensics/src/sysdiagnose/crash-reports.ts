import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { readVersionJournal, reportTime, VERSION_JOURNAL } from '../ios/version-journal.ts';
import { fieldOf, parseJson, stringField } from '../parsers/json-records.ts';

const MAX_CRASHES = 2_000;
const MAX_CRASH_BYTES = 8 * 1024 * 1024;
/** Processes of one list of memory that are shown to lists of indicators. */
const MAX_LISTED = 2_000;

/** What kinds of reports are about, by the number that Apple gives them; numbers from public collections of reports. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['202', 'used the processor beyond its limit'],
  ['206', 'woke the processor beyond its limit'],
  ['142', 'wrote to the disk beyond its limit'],
  ['145', 'wrote to the disk beyond its limit'],
  ['210', 'the kernel stopped'],
  ['298', 'memory ran out'],
]);
/** The same in names of files, where the head does not say. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/\.cpu_resource/, '202'],
  [/\.wakeups_resource/, '206'],
  [/\.diskwrites_resource/, '142'],
  [/(?:^|\/)panic-/, '210'],
  [/(?:^|\/)JetsamEvent-/, '298'],
];

/** The crash reports among files, and the journals that say which system the phone ran. */
export function readCrashReports(
  builder: EvidenceBuilder,
  tree: EvidenceTree,
  paths: readonly string[],
  folder: string,
): void {
  const crashes = paths.filter((one) => /\.ips(?:\.ca)?(?:\.synced)?$/.test(one));
  for (const path of firstOf(builder, crashes, MAX_CRASHES, 'crash reports', folder)) {
    const bytes = tree.read(path, MAX_CRASH_BYTES);
    if (VERSION_JOURNAL.test(path)) readVersionJournal(builder, path, bytes);
    else readCrash(builder, path, bytes);
  }
}

/** A crash report: one line of JSON about it, then the report, in JSON from iOS 15 on. */
function readCrash(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  const text = new TextDecoder().decode(bytes ?? new Uint8Array());
  const end = text.indexOf('\n');
  const head = parseJson(end < 0 ? text : text.slice(0, end));
  if (head === undefined) return;
  const body = parseJson(text.slice(end + 1));
  const of = (from: unknown, key: string): string => stringField(from, key) ?? '';
  const type = of(head, 'bug_type') || (BY_NAME.find(([pattern]) => pattern.test(file))?.[1] ?? '');
  const process =
    of(body, 'procName') ||
    of(head, 'app_name') ||
    of(head, 'name') ||
    (/^Command:\s+(\S.*)$/m.exec(text)?.[1]?.trim() ?? '') ||
    of(body, 'largestProcess');
  const path = of(body, 'procPath') || (/^Path:\s+(\S+)/m.exec(text)?.[1] ?? '');
  const kind = KINDS.get(type);
  const at = reportTime(of(head, 'timestamp'));
  builder.record({
    artefact: kind === undefined ? 'ios.crash' : 'ios.report',
    text: textOf(process, type, kind),
    at,
    place: { file },
    fields: { process, path, type, kind: kind ?? '' },
    observables: [
      { kind: 'process', value: process },
      { kind: 'path', value: path },
    ],
  });
  if (type === '298') readListed(builder, file, fieldOf(body, 'processes'), at);
}

function textOf(process: string, type: string, kind: string | undefined): string {
  const name = process === '' ? 'Something' : process;
  if (kind === undefined) return `${name} crashed or was ended`;
  if (type === '298') return `Memory ran out; the largest process was ${name}`;
  return type === '210' ? 'The kernel stopped' : `${name} ${kind}`;
}

/** All processes that ran when memory ran out. */
function readListed(builder: EvidenceBuilder, file: string, list: unknown, at: string | null): void {
  for (const one of Array.isArray(list) ? list.slice(0, MAX_LISTED) : []) {
    const name = stringField(one, 'name') ?? '';
    if (name === '') continue;
    builder.record({
      artefact: 'ios.process-name',
      text: `Process ${name.slice(0, 100)} ran when memory ran out`,
      at,
      place: { file },
      fields: { process: name },
      observables: [{ kind: 'process', value: name }],
      transient: true,
    });
  }
}
