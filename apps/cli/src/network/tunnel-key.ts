import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { WireGuardKey } from '@vedette/contracts';
import { makeTunnelKeys, publicTunnelKey, type TunnelKeys } from '@vedette/network';
import { CliError, EXIT } from '../exit-code.ts';

/** The keys of this device's tunnel, made here the first time. The private one is written for its owner alone and goes nowhere. @throws CliError where the file holds something else */
export function tunnelKeys(path: string): TunnelKeys {
  const known = readIfThere(path);
  if (known !== null) {
    const parsed = WireGuardKey.safeParse(known.trim());
    if (!parsed.success) throw new CliError(EXIT.failed, `${path} holds no key of WireGuard`);
    return { privateKey: parsed.data, publicKey: publicTunnelKey(parsed.data) };
  }
  const keys = makeTunnelKeys(randomBytes(32));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${keys.privateKey}\n`, { mode: 0o600, flag: 'wx' });
  return keys;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
