import type { Ciphers } from '@vedette/bytes';
import { dataAt, numberAt, type PlistValue, plistAt, readPlist } from '@vedette/formats';
import { decryptFile, fileKey, readKeybag, unlockKeybag } from './keybag.ts';

/** Opens the files of one encrypted backup. */
export interface OpenedKeys {
  /** The list of files. */
  manifest(bytes: Uint8Array): Uint8Array | null;
  /** One file, by what the list says of it (an archived `MBFile`); null when its key is not there. */
  file(about: Uint8Array, bytes: Uint8Array): Uint8Array | null;
}

/** Why the keys cannot be had. */
export type Locked = 'no-password' | 'wrong-password' | 'no-keybag';

/** Opens the keys of a backup with its password. Takes seconds: ten million rounds are what protects the password. */
export function openKeys(
  manifest: PlistValue | null,
  password: string | undefined,
  ciphers: Ciphers | undefined,
): OpenedKeys | Locked {
  if (password === undefined || ciphers === undefined) return 'no-password';
  const stored = dataAt(manifest, 'BackupKeyBag');
  const bag = stored === null ? null : readKeybag(stored);
  const manifestKey = dataAt(manifest, 'ManifestKey');
  if (bag === null || manifestKey === null) return 'no-keybag';
  const keys = unlockKeybag(bag, password, ciphers);
  const own = keys === null ? null : fileKey(keys, manifestKey, ciphers);
  if (keys === null || own === null) return 'wrong-password';
  return {
    manifest: (bytes) => decryptFile(ciphers, own, bytes),
    file(about, bytes) {
      const { value } = readPlist(about);
      const root = plistAt(value, '$top', 'root');
      const file = root?.kind === 'uid' ? plistAt(value, '$objects', root.value) : null;
      const reference = plistAt(file, 'EncryptionKey');
      const held = reference?.kind === 'uid' ? plistAt(value, '$objects', reference.value) : reference;
      const wrapped = held?.kind === 'data' ? held.value : dataAt(held, 'NS.data');
      const key = wrapped === null ? null : fileKey(keys, wrapped, ciphers);
      const open = key === null ? null : decryptFile(ciphers, key, bytes);
      const size = numberAt(file, 'Size');
      return open === null || size === null || size < 0 || size > open.length ? open : open.subarray(0, size);
    },
  };
}
