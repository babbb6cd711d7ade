import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type AdbPrivateKey, adbGeneratePublicKey } from '@yume-chan/adb';

/** Largest file that is taken for a key, in bytes. */
const MAX_KEY_BYTES = 16 * 1024;
const MAX_KEYS = 16;
const KEY_BITS = 2048;

type Environment = Readonly<Record<string, string | undefined>>;

/** adb's own folder of keys: `$ANDROID_USER_HOME`, else `.android` in `$ANDROID_SDK_HOME` or in the user's home. */
export function adbFolder(env: Environment): string {
  const own = env['ANDROID_USER_HOME'];
  if (own !== undefined && own !== '') return own;
  return join(env['ANDROID_SDK_HOME'] || env['HOME'] || homedir(), '.android');
}

/** The keys adb would use, first its own (`adbkey`), then those of `ADB_VENDOR_KEYS`. Files that hold none are passed over. */
export async function readHostKeys(env: Environment): Promise<AdbPrivateKey[]> {
  const vendor = (env['ADB_VENDOR_KEYS'] ?? '').split(delimiter).filter((path) => path !== '');
  const paths = [join(adbFolder(env), 'adbkey'), ...(await Promise.all(vendor.map(keyFiles))).flat()];
  const keys: AdbPrivateKey[] = [];
  for (const path of paths.slice(0, MAX_KEYS)) {
    const key = await readKey(path);
    if (key !== null) keys.push(key);
  }
  return keys;
}

/** Makes a key where adb would, readable by its owner alone, for adb to use as well. An existing one is never replaced. */
export async function makeHostKey(env: Environment): Promise<AdbPrivateKey> {
  const folder = adbFolder(env);
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS, publicExponent: 65_537 });
  const buffer = privateKey.export({ type: 'pkcs8', format: 'der' });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(join(folder, 'adbkey'), pem, { mode: 0o600, flag: 'wx' });
  const encoded = Buffer.from(adbGeneratePublicKey(buffer)).toString('base64');
  await writeFile(join(folder, 'adbkey.pub'), `${encoded} ${hostName()}\n`, { mode: 0o644 });
  return { buffer, name: hostName() };
}

async function keyFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true) return [path];
  const names = await readdir(path).catch(() => []);
  return names.filter((name) => name.endsWith('.adb_key')).map((name) => join(path, name));
}

async function readKey(path: string): Promise<AdbPrivateKey | null> {
  const { size = 0 } = (await stat(path).catch(() => null)) ?? {};
  if (size === 0 || size > MAX_KEY_BYTES) return null;
  try {
    const key = createPrivateKey(await readFile(path));
    const fits = key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === KEY_BITS;
    return fits ? { buffer: key.export({ type: 'pkcs8', format: 'der' }), name: hostName() } : null;
  } catch {
    // Not readable, or no key.
    return null;
  }
}

/** What the phone shows in its question; adb writes the same. */
function hostName(): string {
  return `${userInfo().username}@${hostname()}`;
}
