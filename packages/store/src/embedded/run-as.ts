import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { dirname, parse } from 'node:path';

/** The account the database runs under; null: our own. PostgreSQL refuses to run as root. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

const NOBODY = { uid: 65534, gid: 65534 } as const;

/**
 * Chooses the account. Only root needs another one: the owner of the cluster that is already there, else `nobody`.
 * @param clusterFolder of an existing cluster, or null
 */
export function chooseRunAs(clusterFolder: string | null): RunAs {
  if (process.getuid?.() !== 0) return null;
  if (clusterFolder !== null) {
    const { uid, gid } = lstatSync(clusterFolder);
    if (uid !== 0) return { uid, gid };
  }
  return findNobody();
}

function findNobody(): { uid: number; gid: number } {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith('nobody:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    const found = { uid: Number(uid), gid: Number(gid) };
    // macOS writes -2, which is 4294967294 to the system; a uid of 0 here would be a broken file.
    return Number.isInteger(found.uid) && found.uid > 0 && Number.isInteger(found.gid) ? found : NOBODY;
  } catch {
    return NOBODY;
  }
}

/** Whether the account can walk to `path`: every folder above it must let it pass. Access lists beyond the mode bits are not looked at. */
export function canReach(path: string, account: RunAs): boolean {
  if (account === null) return true;
  const { root } = parse(path);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!maySearch(lstatSync(folder), account)) return false;
    if (folder === root) return true;
  }
}

function maySearch(folder: Stats, { uid, gid }: { uid: number; gid: number }): boolean {
  if (folder.isSymbolicLink()) return true;
  const bit = folder.uid === uid ? 0o100 : folder.gid === gid ? 0o010 : 0o001;
  return (folder.mode & bit) !== 0;
}
