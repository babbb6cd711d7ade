import { readFile } from 'node:fs/promises';
import { AgentError } from '../agent-error.ts';
import { deviceKeyFromJwk, generateKeyPair, type KeyStore, type SigningSubtle } from '../device-key.ts';
import { isCode, writeFileAtomically } from './atomic-file.ts';

/** Keeps the key as a JWK in a file only the owner may read (mode 0600). A computer has no better place that every system offers. */
export function createFileKeyStore(path: string, subtle: SigningSubtle, sync = true): KeyStore {
  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (isCode(error, 'ENOENT')) return null;
        throw error;
      }
      return await deviceKeyFromJwk(subtle, parseKey(text, path));
    },
    async create() {
      const pair = await generateKeyPair(subtle, true);
      const jwk = await subtle.exportKey('jwk', pair.privateKey);
      await writeFileAtomically(path, `${JSON.stringify(jwk)}\n`, sync);
      return await deviceKeyFromJwk(subtle, jwk);
    },
  };
}

function parseKey(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AgentError('key-damaged', `${path} is not a key.`, { cause });
  }
}
