import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { binariesIn, type PostgresBinaries } from './binaries.ts';
import { canReach, chooseRunAs, type RunAs } from './run-as.ts';

/** Where a cluster lives and who runs it. */
export interface ClusterLocation {
  /** Holds `data`, `run` and the log. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly logFile: string;
  readonly account: RunAs;
}

/** Where the database goes when root's data folder lies where no other account can walk, as in /root. */
const SYSTEM_FOLDER = '/var/lib/vedette';

/**
 * Makes the folder of the cluster: `folder` itself; or, when we are root and the account of the database cannot walk there, a new folder under
 * `/var/lib/vedette`, recorded in `folder/LOCATION`.
 * @throws StoreError `folder-not-writable`, `folder-unreachable`, `disk-full`
 */
export function prepareLocation(folder: string): ClusterLocation {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const present = existsSync(join(folder, 'data')) ? join(folder, 'data') : null;
    const account = chooseRunAs(present);
    const reachable = canReach(join(folder, 'data'), ownedBy(folder, account));
    if (!reachable && present !== null)
      throw new StoreError(
        'folder-unreachable',
        `The account that runs the database (uid ${account?.uid}) may not walk to ${present}: give the folders above it the mode 711, or set VEDETTE_DATA to another folder`,
      );
    const place = reachable ? folder : elsewhere(folder, account);
    return { folder: place, dataFolder: join(place, 'data'), logFile: join(place, 'postgres.log'), account };
  } catch (error) {
    throw folderError(error, folder);
  }
}

function ownedBy(folder: string, account: RunAs): RunAs {
  if (account !== null) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  return account;
}

/** The place `LOCATION` names; without that file a new one: who deletes the data folder begins anew, and does not meet the old database without its key. */
function elsewhere(folder: string, account: RunAs): string {
  const note = join(folder, 'LOCATION');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  const place = mkdtempSync(join(SYSTEM_FOLDER, 'cluster-'));
  writeFileSync(join(place, 'FOR'), `${folder}\n`);
  writeFileSync(note, `${place}\n`);
  ownedBy(place, account);
  return place;
}

/** The programs, copied beside the cluster when its account cannot walk to where they are installed. */
export function reachableBinaries(binaries: PostgresBinaries, location: ClusterLocation): PostgresBinaries {
  if (canReach(binaries.postgres, location.account)) return binaries;
  const copy = join(location.folder, 'programs');
  if (!existsSync(copy)) {
    cpSync(binaries.root, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return binariesIn(copy);
}

/** Names the trouble with a folder in one line. */
export function folderError(error: unknown, folder: string): Error {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new StoreError(
      'folder-not-writable',
      `The folder ${folder} cannot be written (${code}): set VEDETTE_DATA to one that can`,
      { cause: error },
    );
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new StoreError('disk-full', `The disk of ${folder} is full: free some space, then start again`, {
      cause: error,
    });
  return error instanceof Error ? error : new Error(String(error));
}
