import { readChain } from '@vedette/attestation';
import { createNodeHost } from '@vedette/bytes/node';
import type { AttestationSettings } from '@vedette/contracts';

const host = createNodeHost();
type Certificates = NonNullable<ReturnType<typeof readChain>>;

/** Roots that an administrator added, read. */
export interface OwnRoots {
  readonly keyAttestation: Certificates;
  readonly appAttest: Certificates;
  readonly managedDevice: Certificates;
}

type Root = AttestationSettings['managedDevice']['roots'][number];

/** Certificates of a PEM text, in its order. @returns null where it holds none, or one that is not strict DER */
export function readRoot(pem: string): Certificates | null {
  const chain = readChain(new TextEncoder().encode(pem), host);
  return chain === null || chain.length === 0 ? null : chain;
}

/** What cannot be read is left out: settings are checked when they are made. */
export function readOwnRoots({ keyAttestation, appAttest, managedDevice }: AttestationSettings): OwnRoots {
  const read = (roots: readonly Root[]): Certificates => roots.flatMap(({ pem }) => readRoot(pem) ?? []);
  return {
    keyAttestation: read(keyAttestation.roots),
    appAttest: read(appAttest?.roots ?? []),
    managedDevice: read(managedDevice.roots),
  };
}
