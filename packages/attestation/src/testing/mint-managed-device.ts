import type { CertificateSpec } from '@vedette/formats/builders';
import type { AppleParties } from './mint-app-attest.ts';
import { authorityExtension, issueCertificate, makeParty } from './test-authority.ts';

/** What a minted managed device attestation states; an empty text is a property that Apple could not verify. */
export interface ManagedDeviceMint {
  readonly serialNumber?: string;
  readonly udid?: string;
  readonly osVersion?: string;
  readonly sepOsVersion?: string;
  readonly nonce?: Uint8Array | null;
  /** Of a Mac: system integrity protection, secure boot, kernel extensions. */
  readonly mac?: { readonly sip: string; readonly secureBoot: string; readonly kernelExtensions: string };
  readonly leaf?: Partial<CertificateSpec>;
  /** Whose keys sign, in place of fresh ones. */
  readonly parties?: AppleParties;
}

export const MINT_NONCE: Uint8Array = new Uint8Array(32).fill(7);
const ROOT = { CN: 'Test Enterprise Attestation Root' };
const AUTHORITY = { CN: 'Test Enterprise Attestation Sub CA 1' };

/** Makes an attestation as Apple does, with whatever fault is asked for. */
export function mintManagedDevice(mint: ManagedDeviceMint = {}): {
  readonly chain: readonly Uint8Array[];
  readonly root: Uint8Array;
} {
  const { root, authority } = mint.parties ?? { root: makeParty('p384'), authority: makeParty('p384') };
  const key = makeParty('p384');
  const authorityKind = { extensions: authorityExtension() ?? {} };
  const rootDer = issueCertificate(root, root, { subject: ROOT, ...authorityKind });
  const authorityDer = issueCertificate(authority, root, { subject: AUTHORITY, issuer: ROOT, ...authorityKind });
  const stated = [
    ['9.1', mint.serialNumber ?? 'C02TEST00001'],
    ['9.2', mint.udid ?? '00008030-000000000000002E'],
    ['10.1', mint.osVersion ?? '26.6.1'],
    ['10.2', mint.sepOsVersion ?? '26.6.1'],
    ...(mint.mac === undefined
      ? []
      : ([
          ['13.1', mint.mac.sip],
          ['13.2', mint.mac.secureBoot],
          ['13.3', mint.mac.kernelExtensions],
        ] as const)),
  ] as const;
  const extensions = Object.fromEntries(
    stated.map(([oid, text]) => [`1.2.840.113635.100.8.${oid}`, { value: new TextEncoder().encode(text) }]),
  );
  const nonce = mint.nonce === undefined ? MINT_NONCE : mint.nonce;
  const leaf = issueCertificate(key, authority, {
    subject: { CN: 'device' },
    issuer: AUTHORITY,
    notBefore: '2026-05-30T00:00:00Z',
    notAfter: '2027-05-30T00:00:00Z',
    extensions: { ...extensions, ...(nonce === null ? {} : { '1.2.840.113635.100.8.11.1': { value: nonce } }) },
    ...mint.leaf,
  });
  return { chain: [leaf, authorityDer], root: rootDer };
}
