import { type PlistDictionary, readPlist } from '@vedette/formats';
import type { BytePipe } from './byte-pipe.ts';
import { type PlistPlain, writePlist } from './write-plist.ts';

const LENGTH_BYTES = 4;

/** Sends a property list behind its length (4 bytes, big-endian), as lockdownd and the services that it starts take them. */
export async function sendPlist(pipe: BytePipe, request: PlistPlain): Promise<void> {
  const list = writePlist(request);
  const bytes = new Uint8Array(LENGTH_BYTES + list.length);
  new DataView(bytes.buffer).setUint32(0, list.length);
  bytes.set(list, LENGTH_BYTES);
  await pipe.write(bytes);
}

/**
 * Receives one; nothing is set aside for what is announced before it comes.
 * @param onLength told how long it is, in bytes
 * @throws TooLargeError when it is longer than `maxBytes`
 * @throws Error when it is no property list, or the connection ends before it does
 */
export async function receivePlist(
  pipe: BytePipe,
  maxBytes: number,
  onLength: (length: number) => void = () => undefined,
): Promise<PlistDictionary> {
  const header = await pipe.read(LENGTH_BYTES);
  const length = new DataView(header.buffer).getUint32(0);
  if (length > maxBytes) throw new TooLargeError(`announced ${length} bytes; at most ${maxBytes} are taken`);
  onLength(length);
  const { value, diagnostics } = readPlist(await pipe.read(length));
  // Every answer of every service is a dictionary; other text would be taken for a list of the old form.
  if (value?.kind !== 'dictionary')
    throw new Error(`is no property list: ${diagnostics[0]?.message ?? 'it has no names'}`);
  return value;
}

/** The phone says more than is taken. */
export class TooLargeError extends RangeError {
  override readonly name = 'TooLargeError';
}
