import { readPlist, textAt } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { firstOf } from '../first-of.ts';
import { createIosFiles } from '../ios/ios-files.ts';
import { readIosFiles } from '../ios/read-ios-files.ts';
import { stateIphone } from '../ios/state-iphone.ts';
import { forEachLine } from '../lines.ts';
import { parseJson, stringField } from '../parsers/json-records.ts';
import { MAX_EVIDENCE_FILE_BYTES } from '../read-options.ts';

const MAX_CRASHES = 2_000;
const MAX_CRASH_BYTES = 8 * 1024 * 1024;

/** Reads what is known of a sysdiagnose: system, processes, shutdowns, crashes, and the databases and lists that it copies. */
export function readSysdiagnose(builder: EvidenceBuilder, tree: EvidenceTree, folder: string): void {
  const paths = tree.list().filter((path) => path.startsWith(folder));
  const bytesOf = (path: string): Uint8Array | null => tree.read(path, MAX_EVIDENCE_FILE_BYTES);
  const dated = /sysdiagnose_(\d{4})\.(\d\d)\.(\d\d)_(\d\d)-(\d\d)-(\d\d)([+-]\d\d)(\d\d)/.exec(folder);
  if (dated !== null) {
    const [, year, month, day, hour, minute, second, zone, rest] = dated;
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${rest}`);
    if (!Number.isNaN(at)) builder.setCollectedAt(new Date(at).toISOString());
  }
  builder.fact('platform', 'ios');
  for (const path of paths) {
    if (path.endsWith('logs/SystemVersion/SystemVersion.plist')) readSystem(builder, path, bytesOf(path));
    else if (/(?:^|\/)ps\.txt$/.test(path)) readProcesses(builder, path, bytesOf(path));
    else if (/(?:^|\/)shutdown(?:\.\d+)?\.log$/.test(path)) readShutdowns(builder, path, bytesOf(path));
  }
  readCrashReports(builder, tree, paths, folder);
  const files = paths.map((path) => ({ domain: '', path, shownAs: path, bytes: () => bytesOf(path) }));
  readIosFiles(builder, createIosFiles(files));
}

/** The crash reports among files. */
export function readCrashReports(
  builder: EvidenceBuilder,
  tree: EvidenceTree,
  paths: readonly string[],
  folder: string,
): void {
  const crashes = paths.filter((one) => /\.ips(?:\.ca)?(?:\.synced)?$/.test(one));
  for (const path of firstOf(builder, crashes, MAX_CRASHES, 'crash reports', folder))
    readCrash(builder, path, tree.read(path, MAX_CRASH_BYTES));
}

function readSystem(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  const about = bytes === null ? null : readPlist(bytes).value;
  stateIphone(builder, file, {
    version: textAt(about, 'ProductVersion'),
    model: null,
    name: null,
    build: textAt(about, 'ProductBuildVersion'),
  });
}

/** `ps axwww`: columns by their names, the command last. */
function readProcesses(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  let columns: readonly string[] = [];
  forEachLine(bytes ?? new Uint8Array(), (text, line) => {
    const parts = text.trim().split(/\s+/);
    if (parts.includes('PID') && parts.at(-1) === 'COMMAND') {
      columns = parts;
      return;
    }
    if (columns.length === 0 || parts.length < columns.length) return;
    // The start may be written in several words; the command begins at the first path or at the last column.
    const command = /\s(\/\S.*)$/.exec(text)?.[1] ?? parts.slice(columns.length - 1).join(' ');
    const path = command.split(/\s/, 1)[0] ?? '';
    builder.record({
      artefact: 'ios.process',
      text: `Process ${command.slice(0, 300)}`,
      place: { file, line },
      fields: { path, user: parts[columns.indexOf('USER')] ?? '', pid: parts[columns.indexOf('PID')] ?? '' },
      observables: [
        { kind: 'process', value: path.slice(path.lastIndexOf('/') + 1) },
        { kind: 'path', value: path },
      ],
      transient: true,
    });
  });
}

/** What was still running when the phone was to go off (`shutdown.log`): `remaining client pid: 71 (/private/var/db/x)`, then `SIGTERM: [1699999999]` with the time of all before it. */
function readShutdowns(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  let waiting: { readonly path: string; readonly line: number }[] = [];
  forEachLine(bytes ?? new Uint8Array(), (text, line) => {
    const client = /remaining client pid: \d+ \((\/[^)]{1,1000})\)/.exec(text)?.[1];
    if (client !== undefined && waiting.length < 5_000)
      waiting.push({ path: client.replace(/\/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/, ''), line });
    const seconds = /SIGTERM: \[(\d{9,11})\]/.exec(text)?.[1];
    if (seconds === undefined) return;
    const times = new Map<string, number>();
    for (const { path } of waiting) times.set(path, (times.get(path) ?? 0) + 1);
    for (const [path, count] of times) {
      builder.record({
        artefact: 'ios.shutdown',
        text: `${path} kept the phone from going off${count > 1 ? `, seen ${count} times` : ''}`,
        at: new Date(Number(seconds) * 1000).toISOString(),
        place: { file, line: waiting.find((one) => one.path === path)?.line ?? line },
        fields: { path, count: String(count) },
        observables: [
          { kind: 'path', value: path },
          { kind: 'process', value: path.slice(path.lastIndexOf('/') + 1) },
        ],
      });
    }
    waiting = [];
  });
}

/** A crash report: one line of JSON about it, then the report, in JSON from iOS 15 on. */
function readCrash(builder: EvidenceBuilder, file: string, bytes: Uint8Array | null): void {
  const text = new TextDecoder().decode(bytes ?? new Uint8Array());
  const end = text.indexOf('\n');
  const head = parseJson(end < 0 ? text : text.slice(0, end));
  if (head === undefined) return;
  const body = parseJson(text.slice(end + 1));
  const of = (from: unknown, key: string): string => stringField(from, key) ?? '';
  const process = of(body, 'procName') || of(head, 'app_name') || of(head, 'name');
  const path = of(body, 'procPath') || (/^Path:\s+(\S+)/m.exec(text)?.[1] ?? '');
  const at = Date.parse(
    of(head, 'timestamp')
      .replace(/ ([+-]\d\d)(\d\d)$/, '$1:$2')
      .replace(' ', 'T'),
  );
  builder.record({
    artefact: 'ios.crash',
    text: `${process === '' ? 'Something' : process} crashed or was ended`,
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
    place: { file },
    fields: { process, path, type: of(head, 'bug_type') },
    observables: [
      { kind: 'process', value: process },
      { kind: 'path', value: path },
    ],
  });
}
