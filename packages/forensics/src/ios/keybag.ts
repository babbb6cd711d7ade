import { type Ciphers, unwrapKey } from '@vedette/bytes';

/** A key for one class of protection, still wrapped. */
interface WrappedKey {
  readonly class: number;
  readonly wrap: number;
  readonly key: Uint8Array;
}

/** The keys of a backup, as `BackupKeyBag` has them: a list of tags of four letters, each with a length and its value. */
export interface Keybag {
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** The first of two rounds, from iOS 10.2 on. */
  readonly first: { readonly salt: Uint8Array; readonly iterations: number } | null;
  readonly keys: readonly WrappedKey[];
}

/** What iOS uses is ten million; far beyond that somebody wants us busy. */
const MAX_ITERATIONS = 60_000_000;
/** Wrapped with a key that follows from the password, and not from the phone's own. */
const BY_PASSWORD = 2;

/** Null when it is no keybag, or asks for more work than any real one. */
export function readKeybag(bytes: Uint8Array): Keybag | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = new Map<string, Uint8Array>();
  const keys: Map<string, Uint8Array>[] = [];
  let current: Map<string, Uint8Array> = head;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4);
    if (at + 8 + length > bytes.length || keys.length > 100) return null;
    // The first UUID is of the bag, every further one begins a key.
    if (tag === 'UUID' && head.has('UUID')) {
      current = new Map();
      keys.push(current);
    }
    current.set(tag, bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  const number = (from: ReadonlyMap<string, Uint8Array>, tag: string): number | null => {
    const value = from.get(tag);
    return value === undefined || value.length !== 4
      ? null
      : new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
  };
  const salt = head.get('SALT');
  const iterations = number(head, 'ITER');
  const [firstSalt, firstIterations] = [head.get('DPSL'), number(head, 'DPIC')];
  if (salt === undefined || iterations === null || iterations + (firstIterations ?? 0) > MAX_ITERATIONS) return null;
  return {
    salt,
    iterations,
    first:
      firstSalt === undefined || firstIterations === null ? null : { salt: firstSalt, iterations: firstIterations },
    keys: keys.flatMap((key): WrappedKey[] => {
      const [id, wrap, wrapped] = [number(key, 'CLAS'), number(key, 'WRAP'), key.get('WPKY')];
      return id === null || wrap === null || wrapped === undefined ? [] : [{ class: id, wrap, key: wrapped }];
    }),
  };
}

/** Keys by class of protection; null when the password is wrong. */
export function unlockKeybag(bag: Keybag, password: string, ciphers: Ciphers): ReadonlyMap<number, Uint8Array> | null {
  const given = new TextEncoder().encode(password);
  const { first } = bag;
  const middle =
    first === null ? given : ciphers.pbkdf2('sha256', given, first.salt, Math.max(1, first.iterations), 32);
  const key = ciphers.pbkdf2('sha1', middle, bag.salt, Math.max(1, bag.iterations), 32);
  const open = new Map<number, Uint8Array>();
  for (const wrapped of bag.keys) {
    if ((wrapped.wrap & BY_PASSWORD) === 0) continue;
    const found = unwrapKey(ciphers, key, wrapped.key);
    if (found === null) return null;
    open.set(wrapped.class, found);
  }
  return open.size === 0 ? null : open;
}

/** The key of a file or of the manifest: four bytes with its class (little-endian), then the key, wrapped with that of the class. */
export function fileKey(
  keys: ReadonlyMap<number, Uint8Array>,
  stored: Uint8Array,
  ciphers: Ciphers,
): Uint8Array | null {
  if (stored.length < 28) return null;
  const key = keys.get(new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0, true));
  return key === undefined ? null : unwrapKey(ciphers, key, stored.subarray(4));
}

/** AES in CBC mode with an initial block of zeros, as backups have it. What is no whole number of blocks is cut down to one. */
export function decryptFile(ciphers: Ciphers, key: Uint8Array, bytes: Uint8Array): Uint8Array | null {
  return ciphers.aesCbcDecrypt(key, new Uint8Array(16), bytes.subarray(0, bytes.length & ~15));
}
