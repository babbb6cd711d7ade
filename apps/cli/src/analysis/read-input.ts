import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { APP_UPLOAD_LIMIT_BYTES } from '@vedette/contracts';
import { CliError, EXIT } from '../exit-code.ts';

/**
 * Reads one file whole. Only ordinary files: a pipe or a device may never end.
 * @throws CliError with one line that says what is wrong with the path
 */
export function readInput(path: string, limitBytes = APP_UPLOAD_LIMIT_BYTES): Uint8Array {
  const file = open(path);
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw new CliError(EXIT.failed, `${path} is a folder; give a file`);
    if (!stat.isFile()) throw new CliError(EXIT.failed, `${path} is not an ordinary file`);
    if (stat.size === 0) throw new CliError(EXIT.failed, `${path} is empty`);
    if (stat.size > limitBytes)
      throw new CliError(
        EXIT.failed,
        `${path} is larger than ${Math.floor(limitBytes / 1024 / 1024)} MB, the most that is read`,
      );
    const bytes = new Uint8Array(stat.size);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, filled);
      if (read === 0) return bytes.subarray(0, filled);
      filled += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    // Opening a pipe that nobody writes to would wait for ever: without O_NONBLOCK not even a signal ends it.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new CliError(EXIT.failed, `${path} does not exist`);
    if (code === 'EACCES' || code === 'EPERM') throw new CliError(EXIT.failed, `${path}: permission denied`);
    throw new CliError(EXIT.failed, `${path} cannot be opened${typeof code === 'string' ? ` (${code})` : ''}`, {
      cause: error,
    });
  }
}
