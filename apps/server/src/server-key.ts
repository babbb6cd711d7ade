import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_KEY_BYTES } from './sealer.ts';
import { StartError } from './start-error.ts';

/**
 * Reads the server's key from `server.key` in the data folder, or makes one, mode 0600. It is written whole under another name and linked into place, so that two
 * servers starting at once end with the same key and a kill leaves no half of one.
 */
export function loadServerKey(dataFolder: string): Uint8Array {
  const path = join(dataFolder, 'server.key');
  const present = readKey(path);
  if (present !== null) return present;
  const fresh = `${path}.${process.pid}`;
  const file = openSync(fresh, 'w', 0o600);
  try {
    writeSync(file, `${randomBytes(SERVER_KEY_BYTES).toString('base64')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(fresh);
  }
  const key = readKey(path);
  if (key === null) throw new StartError(`The server's key could not be written to ${path}`);
  return key;
}

function readKey(path: string): Uint8Array | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== SERVER_KEY_BYTES)
    throw new StartError(
      `${path} does not hold a key: restore it from a backup (without it, sealed settings are lost)`,
    );
  return key;
}
