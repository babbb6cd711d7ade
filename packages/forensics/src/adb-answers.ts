import type { EvidenceBuilder } from './evidence-builder.ts';
import { baseName, type EvidenceTree } from './evidence-tree.ts';
import { feedLines, type LineReader } from './lines.ts';
import { SETTINGS_NAMESPACES } from './observed-keys.ts';
import { createHoldersQueryReader } from './parsers/appops.ts';
import { createBackupReader } from './parsers/backup-state.ts';
import { createClockReader } from './parsers/clock.ts';
import { createDumpsysReader, createServiceReader } from './parsers/dumpsys-services.ts';
import { createTemporaryFolderReader } from './parsers/file-lists.ts';
import { createGetpropReader } from './parsers/getprop.ts';
import { fieldOf, parseJson, stringField } from './parsers/json-records.ts';
import { createLockDisabledReader } from './parsers/lock-state.ts';
import { createMountsReader } from './parsers/mounts.ts';
import { createPackageListReader, type PackageListKind } from './parsers/pm-list-packages.ts';
import { createProcessesReader } from './parsers/processes.ts';
import { createRootBinariesReader } from './parsers/root-binaries.ts';
import { createSelinuxReader } from './parsers/selinux.ts';
import { createSettingReader, createSettingsListReader } from './parsers/settings-list.ts';
import { createBatteryCheckinReader } from './power/battery-checkin.ts';

/** The slug of `date +%s`. */
const CLOCK = 'date_s';

/** `index.json` is optional; this is its name. */
export const ADB_INDEX = 'index.json';

/**
 * Recorded ADB answers: a folder (itself, or `adb/` in it) with one text file for each `adb shell` command, holding what the
 * command printed (standard output and error). The name of a file is the command's slug: lower case, every run of other
 * characters than letters and digits one underscore, `.txt`: `settings list global` → `settings_list_global.txt`. The short
 * names people use are understood too (`settings_global.txt`, `getprop.txt`, `pm_list_packages.txt`, `dumpsys_package.txt`).
 *
 * `index.json` may say more, and then its commands count instead of the names:
 *
 *     { "schema": "vedette.adb/1", "collectedAt": "2026-11-20T10:11:12Z",
 *       "answers": [ { "file": "getprop.txt", "command": "getprop", "collectedAt": "2026-11-20T10:11:13Z", "exitCode": 0 } ] }
 *
 * Without it the evidence has no date of its own.
 */
export interface AdbFolder {
  readonly folder: string;
  /** Command slug of each file, without `.txt`. */
  readonly commands: ReadonlyMap<string, string>;
  readonly collectedAt: string | null;
  /** When each answer was asked for, by file, as far as it is told. */
  readonly askedAt: ReadonlyMap<string, string>;
}

/** The slug of a command: `pm list packages -f -U -i` → `pm_list_packages_f_u_i`. */
export function commandSlug(command: string): string {
  return command
    .toLowerCase()
    .replace(/^(?:adb )?shell /, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Finds the folder of recorded answers; null when no file has a name that is understood. */
export function findAdbAnswers(tree: EvidenceTree): AdbFolder | null {
  const folders = new Map<string, Map<string, string>>();
  for (const path of tree.list()) {
    const name = baseName(path);
    const slug = commandSlug(name.replace(/\.txt$/i, ''));
    if (!/\.txt$/i.test(name) || !isUnderstood(slug)) continue;
    const folder = path.slice(0, path.length - name.length);
    folders.set(folder, (folders.get(folder) ?? new Map()).set(path, slug));
  }
  const best = [...folders].sort((a, b) => b[1].size - a[1].size)[0];
  const indexPath = tree.list().find((path) => path === ADB_INDEX || /(?:^|\/)adb\/index\.json$/.test(path));
  const index = indexPath === undefined ? null : readIndex(tree, indexPath);
  if (index !== null && index.commands.size > 0) return index;
  if (best === undefined) return null;
  return { folder: best[0], commands: best[1], collectedAt: index?.collectedAt ?? null, askedAt: new Map() };
}

function readIndex(tree: EvidenceTree, path: string): AdbFolder | null {
  const bytes = tree.read(path, 1024 * 1024);
  const value = bytes === null ? undefined : parseJson(new TextDecoder().decode(bytes));
  const answers = fieldOf(value, 'answers');
  if (value === undefined) return null;
  const folder = path.slice(0, path.length - ADB_INDEX.length);
  const commands = new Map<string, string>();
  const askedAt = new Map<string, string>();
  let collectedAt = isoOrNull(stringField(value, 'collectedAt'));
  for (const answer of Array.isArray(answers) ? answers.slice(0, 1000) : []) {
    const file = stringField(answer, 'file');
    const command = stringField(answer, 'command');
    if (file === null || command === null || tree.size(folder + file) === null) continue;
    commands.set(folder + file, commandSlug(command));
    const asked = isoOrNull(stringField(answer, 'collectedAt'));
    if (asked !== null) askedAt.set(folder + file, asked);
    collectedAt ??= asked;
  }
  return { folder, commands, collectedAt, askedAt };
}

function isoOrNull(text: string | null): string | null {
  const time = Date.parse(text ?? '');
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

/** Reads every answer that is understood; others are named in a note. */
export function readAdbAnswers(builder: EvidenceBuilder, tree: EvidenceTree, found: AdbFolder, maxBytes: number): void {
  if (found.collectedAt !== null) builder.setCollectedAt(found.collectedAt);
  // Time zone and identity first, so that everything after is dated by them.
  const ordered = [...found.commands].sort(([, a], [, b]) => Number(b === 'getprop') - Number(a === 'getprop'));
  for (const [path, slug] of ordered) {
    const reader =
      slug === CLOCK
        ? createClockReader(builder, path, found.askedAt.get(path) ?? null)
        : createAnswerReader(builder, slug, path);
    const bytes = reader === null ? null : tree.read(path, maxBytes);
    if (reader === null) {
      builder.diagnose({
        id: 'adb.answer.not-read',
        level: 'note',
        message: 'No reader for this command.',
        where: path,
      });
    } else if (bytes === null) {
      builder.diagnose({
        id: 'adb.answer.unreadable',
        level: 'warning',
        message: 'The file cannot be read.',
        where: path,
      });
    } else feedLines(bytes, reader);
  }
}

function isUnderstood(slug: string): boolean {
  return slug === CLOCK || ANSWERS.some(({ pattern }) => pattern.test(slug));
}

function createAnswerReader(builder: EvidenceBuilder, slug: string, file: string): LineReader | null {
  for (const { pattern, create } of ANSWERS) {
    const match = pattern.exec(slug);
    if (match !== null) return create(builder, file, match[1] ?? '', match[2] ?? '');
  }
  return null;
}

interface AnswerReader {
  readonly pattern: RegExp;
  readonly create: (builder: EvidenceBuilder, file: string, first: string, second: string) => LineReader | null;
}

/** Which reader reads the answer to which command; the first pattern that fits the slug wins. */
const ANSWERS: readonly AnswerReader[] = [
  { pattern: /^getprop$/, create: (builder, file) => createGetpropReader(builder, file) },
  {
    pattern: /^(?:cmd_)?settings_(?:list_)?(global|secure|system)$/,
    create: (builder, file, namespace) => {
      const known = SETTINGS_NAMESPACES.find((name) => name === namespace);
      return known === undefined ? null : createSettingsListReader(builder, file, known);
    },
  },
  {
    pattern: /^(?:cmd_)?settings_get_(global|secure|system)_(\w+)$/,
    create: (builder, file, namespace, key) => {
      const known = SETTINGS_NAMESPACES.find((name) => name === namespace);
      return known === undefined ? null : createSettingReader(builder, file, known, key);
    },
  },
  {
    pattern: /^(?:cmd_package|pm)_list_packages(?:_((?:\w+)))?$/,
    create: (builder, file, options) => createPackageListReader(builder, file, packageListKind(options)),
  },
  {
    pattern: /^dumpsys_batterystats_(?:c|checkin)$/,
    create: (builder, file) => createBatteryCheckinReader(builder, file),
  },
  { pattern: /^dumpsys$/, create: (builder, file) => createDumpsysReader(builder, file) },
  {
    pattern:
      /^dumpsys_(package|accessibility|settings|lock_settings|trust|appops|adb|batterystats|platform_compat|dbinfo|netstats|device_policy|media_projection|backup)(?:_packages|_detail)?$/,
    create: (builder, file, service) => createServiceReader(builder, service, file),
  },
  { pattern: /^(?:getenforce|selinux)$/, create: (builder, file) => createSelinuxReader(builder, file) },
  {
    pattern: /^(?:mount|mounts|cat_proc_(?:self_)?mount(?:s|info)|proc_mounts)$/,
    create: (builder, file) => createMountsReader(builder, file),
  },
  { pattern: /^(?:ps|processes)(?:_\w+)?$/, create: (builder, file) => createProcessesReader(builder, file) },
  { pattern: /^(?:which|root_binaries)(?:_\w+)?$/, create: (builder, file) => createRootBinariesReader(builder, file) },
  {
    pattern: /^ls_\w*data_local_tmp$/,
    create: (builder, file) => createTemporaryFolderReader(builder, file),
  },
  {
    pattern: /^(?:cmd_lock_settings|locksettings)_get_disabled$/,
    create: (builder, file) => createLockDisabledReader(builder, file),
  },
  {
    pattern: /^bmgr_enabled$/,
    create: (builder, file) => createBackupReader(builder, file),
  },
  {
    pattern: /^(?:cmd_)?appops_query_op_(\w+)_allow$/,
    create: (builder, file, operation) => createHoldersQueryReader(builder, file, operation),
  },
];

/** The filter among the options of `pm list packages`. `-a` and lists without filter name all apps. */
function packageListKind(options: string): PackageListKind {
  const words = options.split('_');
  if (words.includes('d')) return 'disabled';
  if (words.includes('s')) return 'system';
  if (words.includes('3') || words.includes('e')) return 'third-party';
  return 'all';
}
