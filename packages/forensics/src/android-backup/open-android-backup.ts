import type { Ciphers, Host } from '@vedette/bytes';
import { latin1Text } from '@vedette/bytes';

const MAGIC = 'ANDROID BACKUP\n';
/** Most bytes that a backup may unpack to. */
const MAX_UNPACKED = 1_600 * 1024 * 1024;
/** What Android uses is ten thousand. */
const MAX_ROUNDS = 10_000_000;

/** Why a backup cannot be opened. */
export type BackupFault = 'none' | 'no-password' | 'wrong-password' | 'damaged';

/** What was packed, and whether all of it could be unpacked. */
export type Unpacked = ReturnType<Host['inflateRaw']>;

/** Whether the bytes begin like a backup of `adb backup`. */
export function isAndroidBackup(bytes: Uint8Array): boolean {
  return latin1Text(bytes, 0, MAGIC.length) === MAGIC;
}

/**
 * Opens a backup of `adb backup` (AOSP `BackupManagerService`, versions 1 to 5): a header of lines, then a tar archive, packed with zlib or not, encrypted with a password or not.
 * @returns the tar archive, as far as it could be read, or why there is none
 */
export function openAndroidBackup(
  bytes: Uint8Array,
  host: Pick<Host, 'inflateRaw'>,
  { password, ciphers }: { readonly password?: string | undefined; readonly ciphers?: Ciphers | undefined },
): Unpacked | BackupFault {
  if (!isAndroidBackup(bytes)) return 'none';
  const header = linesAfter(bytes, MAGIC.length);
  const [version, packed, encryption] = [header.next(), header.next(), header.next()];
  if (!/^[1-5]$/.test(version) || !/^[01]$/.test(packed)) return 'damaged';
  let content = bytes.subarray(header.at());
  if (encryption === 'AES-256') {
    if (password === undefined || ciphers === undefined) return 'no-password';
    const opened = decrypt(bytes, header, password, ciphers);
    if (!(opened instanceof Uint8Array)) return opened;
    content = opened;
  } else if (encryption !== 'none') return 'damaged';
  return packed === '1' ? inflateZlib(content, host, MAX_UNPACKED) : { output: content, complete: true };
}

/** A zlib stream (RFC 1950): two bytes, then DEFLATE, as far as it goes. */
export function inflateZlib(bytes: Uint8Array, host: Pick<Host, 'inflateRaw'>, most: number): Unpacked {
  return host.inflateRaw(bytes.subarray(2), most);
}

interface Lines {
  next(): string;
  at(): number;
}

function linesAfter(bytes: Uint8Array, from: number): Lines {
  let at = from;
  return {
    next() {
      const end = bytes.indexOf(0x0a, at);
      // Lines of the header are short; one that is not is none.
      if (end < 0 || end - at > 4_096) return '';
      const line = latin1Text(bytes, at, end);
      at = end + 1;
      return line;
    },
    at: () => at,
  };
}

function decrypt(bytes: Uint8Array, header: Lines, password: string, ciphers: Ciphers): Uint8Array | BackupFault {
  const salt = hex(header.next());
  header.next();
  const rounds = Number(header.next());
  const iv = hex(header.next());
  const blob = hex(header.next());
  if (salt === null || iv === null || blob === null || !Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS)
    return 'damaged';
  const user = ciphers.pbkdf2('sha1', new TextEncoder().encode(password), salt, rounds, 32);
  const opened = ciphers.aesCbcDecrypt(user, iv, blob);
  const keys = opened === null ? null : withoutPadding(opened);
  // Lengths and values: initial block, key, a sum that shows the password to be right.
  const [masterIv, master] = keys === null ? [] : partsOf(keys);
  if (masterIv?.length !== 16 || master?.length !== 32) return 'wrong-password';
  const content = bytes.subarray(header.at());
  const plain = ciphers.aesCbcDecrypt(master, masterIv, content.subarray(0, content.length & ~15));
  return plain === null ? 'damaged' : (withoutPadding(plain) ?? plain);
}

function partsOf(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length && parts.length < 3; ) {
    const length = bytes[at] ?? 0;
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return parts;
}

/** PKCS #7 (RFC 5652, section 6.3); null where there is no such padding. */
function withoutPadding(bytes: Uint8Array): Uint8Array | null {
  const last = bytes.at(-1) ?? 0;
  const isPadded = last > 0 && last <= 16 && bytes.subarray(-last).every((byte) => byte === last);
  return isPadded ? bytes.subarray(0, bytes.length - last) : null;
}

function hex(text: string): Uint8Array | null {
  if (text === '' || !/^(?:[0-9a-f]{2}){1,2000}$/i.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
