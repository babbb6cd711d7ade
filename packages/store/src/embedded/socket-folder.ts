import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import type { RunAs } from './run-as.ts';

/** Longest path of a Unix socket: `sun_path` holds 108 bytes on Linux and 104 on macOS, the last one is the NUL (unix(7)). */
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;
const SOCKET_NAME = '.s.PGSQL.5432';

export function fitsSocketPath(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_SOCKET_PATH;
}

/**
 * Makes the folder of the server's socket, mode 0700, owned by the server's account: who cannot enter it cannot connect, and who can needs no password.
 * It is `preferred` where that is short enough, else a new one under the system's folder for temporary files. The running server records it in `postmaster.pid`.
 */
export function makeSocketFolder(preferred: string, account: RunAs): string {
  let folder = preferred;
  if (fitsSocketPath(preferred)) mkdirSync(preferred, { recursive: true, mode: 0o700 });
  else folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  if (!fitsSocketPath(folder))
    throw new StoreError(
      'socket-path-too-long',
      `The path ${folder} is too long for a socket: set TMPDIR or VEDETTE_DATA to a shorter one`,
    );
  chmodSync(folder, 0o700);
  if (account !== null) chownSync(folder, account.uid, account.gid);
  if (!lstatSync(folder).isDirectory())
    throw new StoreError('folder-not-writable', `${folder} is in the way of the database's socket: remove it`);
  return folder;
}
