import { type Certificate, nameAttributes } from '@vedette/formats';

const COMMON_NAME = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const ORGANIZATION = '2.5.4.10';
const TITLE = '2.5.4.12';

/**
 * How the attestation key came onto the device: `factory` (a keybox, shared by many devices), `remote` (RKP: certified for
 * this device and a few weeks), `software`, or `unknown` where the path looks like none of them.
 */
export type Provisioning = 'factory' | 'remote' | 'software' | 'unknown';

/** Lengths of paths with leaf and root: leaf, attestation key, authority, root; RKP has one authority more. */
const LENGTHS: Readonly<Record<'factory' | 'remote', number>> = { factory: 4, remote: 5 };

/** What the names of a chain say, and whether its length is that of such a path: a longer one has an authority in it that nobody certified as one. */
export function provisioningOf(chain: readonly Certificate[]): {
  readonly method: Provisioning;
  readonly rightLength: boolean;
} {
  const [, attestation] = chain;
  const top = chain.at(-2);
  if (attestation === undefined || top === undefined) return { method: 'unknown', rightLength: true };
  const topNames = nameAttributes(top.subjectDer);
  const remote =
    topNames.get(COMMON_NAME)?.[0]?.startsWith('Droid CA') === true && topNames.get(ORGANIZATION)?.[0] === 'Google LLC';
  if (remote) return { method: 'remote', rightLength: chain.length === LENGTHS.remote };
  const factory = topNames.has(SERIAL_NUMBER) && !topNames.has(COMMON_NAME);
  if (factory) return { method: 'factory', rightLength: chain.length === LENGTHS.factory };
  const software = /Android(?: Keystore)? Software Attestation/.test(
    nameAttributes(attestation.subjectDer).get(COMMON_NAME)?.[0] ?? '',
  );
  return software ? { method: 'software', rightLength: chain.length === 3 } : { method: 'unknown', rightLength: true };
}

/** The security level that the certificate of the attestation key is for: by its organisation (RKP) or its title (factory); null where it does not say. */
export function levelOfCertificate(attestation: Certificate): 'TRUSTED_ENVIRONMENT' | 'STRONG_BOX' | null {
  const names = nameAttributes(attestation.subjectDer);
  const words = [...(names.get(ORGANIZATION) ?? []), ...(names.get(TITLE) ?? []), ...(names.get(COMMON_NAME) ?? [])];
  if (words.some((word) => /strong ?box/i.test(word))) return 'STRONG_BOX';
  return words.some((word) => /^tee$/i.test(word)) ? 'TRUSTED_ENVIRONMENT' : null;
}
