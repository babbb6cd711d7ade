import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { type BytePipe, pipeOver } from './byte-pipe.ts';
import type { PairRecord } from './pair-record.ts';

/** An encrypted connection to a phone. */
export interface SecurePipe {
  readonly pipe: BytePipe;
  /** Whether the phone showed the key of its pairing; null: the record does not say which that is. */
  readonly isPaired: boolean | null;
}

/**
 * Encrypts a connection with the keys of the pairing, as lockdownd asks. Certificates of pairings have no names and are signed with SHA-1, by a root that this computer made: so not their chain is looked at, but whether the
 * key is the one that was given to the phone when it was paired.
 * @throws Error when the phone does not take part
 */
export async function securePipe(plain: BytePipe, record: PairRecord): Promise<SecurePipe> {
  const socket = plain.release();
  const secure = connect({
    socket,
    cert: record.hostCertificate,
    key: record.hostPrivateKey,
    rejectUnauthorized: false,
    // Phones up to iOS 9 speak no later version; all of this goes over a cable.
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  await new Promise<void>((resolve, reject) => {
    secure.once('error', reject);
    secure.once('close', () => reject(new Error('broke off when it was to be encrypted')));
    secure.once('secureConnect', () => {
      secure.off('error', reject);
      resolve();
    });
  });
  const shown = secure.getPeerX509Certificate();
  return { pipe: pipeOver(secure, socket), isPaired: isKeyOf(shown, record.deviceCertificate) };
}

function isKeyOf(shown: X509Certificate | undefined, pem: string | null): boolean | null {
  if (pem === null) return null;
  try {
    const known = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
    return shown?.publicKey.export({ type: 'spki', format: 'der' }).equals(known) ?? false;
  } catch {
    return null;
  }
}
