import { booleanAt, dateAt, readPlist, readSqlite, textAt } from '@vedette/formats';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { EvidenceTree } from '../evidence-tree.ts';
import { MAX_EVIDENCE_FILE_BYTES, type ReadOptions } from '../read-options.ts';
import { type Locked, openKeys } from './encrypted-files.ts';
import { createIosFiles, type IosFile, type IosFiles } from './ios-files.ts';
import { stateIphone } from './state-iphone.ts';

/** Files of one backup: phones have some hundred thousand. */
const MAX_FILES = 3_000_000;
const LOCKED: Readonly<Record<Locked, string>> = {
  'no-password':
    'The backup is encrypted, so only what stands beside it was read. On the command line give its password: --ask-password, or in the environment as VEDETTE_BACKUP_PASSWORD.',
  'wrong-password': 'The password of the backup is another one; only what stands beside it was read.',
  'no-keybag': 'The backup says that it is encrypted, and its keys cannot be read.',
};
const FILE_ID = /^[0-9a-f]{40}$/;

/** Where backups are: the folders with `Manifest.db` and `Manifest.plist` or `Info.plist`, outermost first. */
export function findBackup(tree: EvidenceTree): string | null {
  const folders = tree
    .list()
    .filter((path) => /(?:^|\/)Manifest\.db$/.test(path))
    .map((path) => path.slice(0, -'Manifest.db'.length))
    .filter((folder) => tree.size(`${folder}Manifest.plist`) !== null || tree.size(`${folder}Info.plist`) !== null);
  return folders.sort((a, b) => a.length - b.length)[0] ?? null;
}

/**
 * Opens a backup as iTunes, Finder and libimobiledevice write it: `Manifest.db` names each file by domain and path, and its bytes are in `ab/abcdef…` by the SHA-1 of those. Null, with a
 * diagnostic, where the backup is encrypted or its manifest cannot be read.
 */
export function openBackup(
  builder: EvidenceBuilder,
  tree: EvidenceTree,
  folder: string,
  { password, ciphers }: Pick<ReadOptions, 'password' | 'ciphers'>,
): IosFiles | null {
  const read = (name: string): Uint8Array | null => tree.read(folder + name, MAX_EVIDENCE_FILE_BYTES);
  const manifest = read('Manifest.plist');
  const about = manifest === null ? null : readPlist(manifest).value;
  const encrypted = booleanAt(about, 'IsEncrypted');
  if (encrypted !== null)
    builder.observe('ios.backup.encrypted', String(encrypted), { file: `${folder}Manifest.plist` });
  const keys = encrypted === true ? openKeys(about, password, ciphers) : null;
  if (typeof keys === 'string') {
    builder.diagnose({
      id: `ios-backup.${keys}`,
      level: 'error',
      message: LOCKED[keys],
      where: `${folder}Manifest.plist`,
    });
    return null;
  }
  const stored = read('Manifest.db') ?? new Uint8Array();
  const bytes = keys === null ? stored : keys.manifest(stored);
  const { value: database } = readSqlite(bytes ?? new Uint8Array(), {
    wal: keys === null ? read('Manifest.db-wal') : null,
  });
  const table = database?.table('Files') ?? null;
  if (table === null) {
    const message = 'The list of files (Manifest.db) cannot be read.';
    builder.diagnose({ id: 'ios-backup.manifest', level: 'error', message, where: `${folder}Manifest.db` });
    return null;
  }
  const files: IosFile[] = [];
  for (const row of table.rows()) {
    const id = row.text('fileID')?.toLowerCase() ?? '';
    const path = row.text('relativePath') ?? '';
    // 1: a file; folders and links have no bytes.
    if (!FILE_ID.test(id) || path === '' || files.length >= MAX_FILES || (row.number('flags') ?? 1) !== 1) continue;
    const domain = row.text('domain') ?? '';
    const archive = row.value('file');
    files.push({
      domain,
      path,
      shownAs: `${folder}${id.slice(0, 2)}/${id} (${domain}: ${path})`,
      bytes() {
        const kept =
          tree.read(`${folder}${id.slice(0, 2)}/${id}`, MAX_EVIDENCE_FILE_BYTES) ??
          tree.read(folder + id, MAX_EVIDENCE_FILE_BYTES);
        if (keys === null || kept === null) return kept;
        return archive instanceof Uint8Array ? keys.file(archive, kept) : null;
      },
    });
  }
  for (const { message } of database
    ?.diagnostics()
    .filter(({ level }) => level !== 'note')
    .slice(0, 3) ?? [])
    builder.diagnose({ id: 'ios-backup.manifest', level: 'warning', message, where: `${folder}Manifest.db` });
  return createIosFiles(files);
}

/** What the backup says of the phone, and when it was made (`Info.plist`). */
export function readBackupInfo(builder: EvidenceBuilder, tree: EvidenceTree, folder: string): void {
  const file = `${folder}Info.plist`;
  const bytes = tree.read(file, 64 * 1024 * 1024);
  if (bytes === null) return;
  const info = readPlist(bytes).value;
  if (info === null) {
    builder.diagnose({
      id: 'ios-backup.info',
      level: 'warning',
      message: 'Info.plist cannot be read: the phone is not known.',
      where: file,
    });
    return;
  }
  const made = Date.parse(dateAt(info, 'Last Backup Date') ?? '');
  if (!Number.isNaN(made)) builder.setCollectedAt(new Date(made).toISOString());
  stateIphone(builder, file, {
    version: textAt(info, 'Product Version'),
    model: textAt(info, 'Product Type'),
    name: textAt(info, 'Product Name'),
    build: textAt(info, 'Build Version'),
  });
}
