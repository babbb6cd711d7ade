import type { EvidenceBuilder } from './evidence-builder.ts';
import { baseName, type EvidenceTree } from './evidence-tree.ts';
import { feedLines, type LineReader } from './lines.ts';
import { readAndroidqfPackages } from './parsers/androidqf-packages.ts';
import { createDumpsysReader } from './parsers/dumpsys-services.ts';
import { readFilesJson } from './parsers/file-lists.ts';
import { createGetpropReader } from './parsers/getprop.ts';
import { fieldOf, parseJson, readJsonRecords, stringField } from './parsers/json-records.ts';
import { createMountsReader, type MountTally, noteMount, noteMountTally } from './parsers/mounts.ts';
import { createProcessesReader, noteProcess, noteProcessTally, type ProcessTally } from './parsers/processes.ts';
import { noteRootBinary } from './parsers/root-binaries.ts';
import { createSelinuxReader } from './parsers/selinux.ts';
import { createSettingsListReader } from './parsers/settings-list.ts';

/** Names only androidqf writes; two of them make a bundle even without `acquisition.json`. */
const TELLING_NAMES: readonly string[] = [
  'acquisition.json',
  'packages.json',
  'files.json',
  'root_binaries.json',
  'mounts.json',
];

/**
 * Where the bundle's files are: androidqf puts them into a folder named by UUID, so the folder of `acquisition.json` (or of
 * two other telling files) is the root. Null when the tree is no androidqf bundle.
 */
export function findAndroidqf(tree: EvidenceTree): string | null {
  const folders = new Map<string, Set<string>>();
  for (const path of tree.list()) {
    const name = baseName(path);
    if (!TELLING_NAMES.includes(name)) continue;
    const folder = path.slice(0, path.length - name.length);
    folders.set(folder, (folders.get(folder) ?? new Set()).add(name));
  }
  for (const [folder, names] of [...folders].sort((a, b) => a[0].length - b[0].length)) {
    if (names.has('acquisition.json') || names.size >= 2) return folder;
  }
  return null;
}

/** Reads a bundle: https://github.com/mvt-project/androidqf, the files its modules write. Missing files leave their questions unknown. */
export function readAndroidqf(builder: EvidenceBuilder, tree: EvidenceTree, folder: string, maxBytes: number): void {
  const bytesOf = (name: string): Uint8Array | null => tree.read(folder + name, maxBytes);
  const lines = (name: string, create: (file: string) => LineReader): boolean => {
    const bytes = bytesOf(name);
    if (bytes === null) return false;
    feedLines(bytes, create(folder + name));
    return true;
  };

  readAcquisition(builder, bytesOf('acquisition.json'), folder);
  lines('getprop.txt', (file) => createGetpropReader(builder, file));
  lines('selinux.txt', (file) => createSelinuxReader(builder, file));
  for (const namespace of ['global', 'secure', 'system'] as const) {
    lines(`settings_${namespace}.txt`, (file) => createSettingsListReader(builder, file, namespace));
  }
  // Newer versions write `processes.txt` or, with their collector, `processes.json`; older ones wrote `ps.txt`.
  for (const name of ['processes.txt', 'ps.txt']) {
    if (lines(name, (file) => createProcessesReader(builder, file))) break;
  }
  const processes = bytesOf('processes.json');
  if (processes !== null) readProcessesJson(builder, `${folder}processes.json`, processes);
  const mounts = bytesOf('mounts.json');
  if (mounts !== null) readMountsJson(builder, `${folder}mounts.json`, mounts);
  lines('mounts.txt', (file) => createMountsReader(builder, file));
  const binaries = bytesOf('root_binaries.json');
  if (binaries !== null) readRootBinariesJson(builder, `${folder}root_binaries.json`, binaries);
  const files = bytesOf('files.json');
  if (files !== null) readFilesJson(builder, `${folder}files.json`, files);
  const packages = bytesOf('packages.json');
  if (packages !== null) readAndroidqfPackages(builder, `${folder}packages.json`, packages);
  lines('dumpsys.txt', (file) => createDumpsysReader(builder, file));
}

function readAcquisition(builder: EvidenceBuilder, bytes: Uint8Array | null, folder: string): void {
  if (bytes === null) return;
  const value = parseJson(new TextDecoder().decode(bytes));
  if (value === undefined) {
    builder.diagnose({
      id: 'androidqf.acquisition.unreadable',
      level: 'warning',
      message: 'acquisition.json is not JSON; the time of collection is unknown.',
      where: `${folder}acquisition.json`,
    });
    return;
  }
  const started = Date.parse(stringField(value, 'started') ?? '');
  if (Number.isFinite(started)) builder.setCollectedAt(new Date(started).toISOString());
}

/** An array of the lines of `mount` and of `/proc/mounts`. */
function readMountsJson(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const tally: MountTally = { mounts: 0, rootMarkers: 0, writableSystem: 0 };
  readJsonRecords(bytes).records.forEach(({ value, line }, index) => {
    if (typeof value === 'string') noteMount(builder, value, { file, line: line ?? index + 1 }, tally);
  });
  if (tally.mounts === 0) builder.denied('mounts', 'the list of mounts is empty or not JSON', { file });
  noteMountTally(builder, tally, { file });
}

/** An array of the paths `which -a` answered. Empty: none was found. */
function readRootBinariesJson(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes).trim();
  const value = text === '' || text === 'null' ? [] : parseJson(text);
  if (!Array.isArray(value)) {
    builder.denied('root-binaries', 'root_binaries.json is not a JSON array', { file });
    return;
  }
  let found = 0;
  value.forEach((path: unknown, index) => {
    if (typeof path === 'string' && noteRootBinary(builder, path, { file, line: index + 1 })) found += 1;
  });
  builder.observe('root.binary.count', String(found), { file });
}

/** androidqf's collector: `[{pid, uid, ppid, path, command_line: […] | "…", …}]`. */
function readProcessesJson(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const tally: ProcessTally = { processes: 0, rootMarkers: 0 };
  for (const { value, line } of readJsonRecords(bytes).records) {
    if (fieldOf(value, 'pid') === undefined) continue;
    tally.processes += 1;
    const commandLine = fieldOf(value, 'command_line');
    const program: unknown = Array.isArray(commandLine) ? commandLine[0] : commandLine;
    const command = typeof program === 'string' ? program : '';
    const names = new Set([stringField(value, 'path') ?? '', command, stringField(value, 'name') ?? '']);
    for (const name of names) if (name !== '') noteProcess(builder, name, { file, line }, tally);
  }
  if (tally.processes === 0) builder.denied('processes', 'the list of processes is empty or not JSON', { file });
  else noteProcessTally(builder, tally, { file });
}
