import { createHash } from 'node:crypto';
import {
  buildCbor,
  type CborSpec,
  type CertificateSpec,
  derContext,
  derOctets,
  derSequence,
} from '@vedette/formats/builders';
import { MINT_APP_ID, mintReceipt, type ReceiptMint } from './mint-receipt.ts';
import { authorityExtension, issueCertificate, makeParty, type TestParty } from './test-authority.ts';

export const MINT_CLIENT_DATA: Uint8Array = new TextEncoder().encode('{"challenge":"c0ffee"}');

/** What a minted App Attest statement says; every field has the default of a fresh key of a genuine app. */
export interface AppAttestMint {
  readonly clientData?: Uint8Array;
  readonly appId?: string;
  readonly environment?: 'development' | 'production' | 'unknown';
  readonly counter?: number;
  readonly nonce?: Uint8Array | 'missing' | 'malformed';
  /** What the statement names as its credential; default: the hash of the key. */
  readonly credentialId?: Uint8Array;
  /** The key in the data; default: that of the leaf. */
  readonly coseKey?: ReadonlyMap<number, CborSpec>;
  readonly extensions?: Readonly<Record<string, CborSpec>>;
  readonly format?: string;
  readonly certificates?: 1 | 2 | 3;
  readonly swapped?: boolean;
  readonly leaf?: Partial<CertificateSpec>;
  readonly authority?: Partial<CertificateSpec>;
  readonly leafKind?: 'p256' | 'p384';
  readonly accessControl?: Uint8Array;
  readonly trailing?: Uint8Array;
  /** What the receipt says otherwise; bytes: what is there in its place. */
  readonly receipt?: Partial<ReceiptMint> | Uint8Array;
  /** Whose keys sign, in place of fresh ones. */
  readonly parties?: AppleParties;
}

/** A root and the authority under it. */
export interface AppleParties {
  readonly root: TestParty;
  readonly authority: TestParty;
}

export interface MintedAppAttest {
  readonly statement: Uint8Array;
  /** What is trusted, as DER. */
  readonly root: Uint8Array;
  readonly key: TestParty;
  readonly keyId: Uint8Array;
  /** SubjectPublicKeyInfo of the key. */
  readonly publicKey: Uint8Array;
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const ROOT = { CN: 'Test App Attestation Root' };
const AUTHORITY = { CN: 'Test App Attestation CA 1' };

/** Makes an attestation as a phone and Apple do, with whatever fault is asked for. */
export function mintAppAttest(mint: AppAttestMint = {}): MintedAppAttest {
  const { root, authority } = mint.parties ?? { root: makeParty('p384'), authority: makeParty('p384') };
  const key = makeParty(mint.leafKind ?? 'p256');
  const authorityKind = { extensions: authorityExtension() ?? {} };
  const rootDer = issueCertificate(root, root, { subject: ROOT, ...authorityKind });
  const authorityDer = issueCertificate(authority, root, {
    subject: AUTHORITY,
    issuer: ROOT,
    ...authorityKind,
    ...mint.authority,
  });
  const point = key.publicKey.subarray(-65);
  const keyId = sha256(point);
  const authData = authenticatorData(mint, point, keyId);
  const nonce = nonceOf(mint, authData);
  const leaf = issueCertificate(key, authority, {
    subject: { CN: Buffer.from(keyId).toString('hex') },
    issuer: AUTHORITY,
    notBefore: '2026-05-30T00:00:00Z',
    notAfter: '2026-06-02T00:00:00Z',
    extensions: {
      ...(nonce === null ? {} : { '1.2.840.113635.100.8.2': { value: nonce } }),
      ...(mint.accessControl === undefined ? {} : { '1.2.840.113635.100.8.6': { value: mint.accessControl } }),
    },
    ...mint.leaf,
  });
  const chain = mint.swapped === true ? [authorityDer, leaf] : [leaf, authorityDer];
  const x5c = mint.certificates === 1 ? [leaf] : mint.certificates === 3 ? [...chain, rootDer] : chain;
  const receipt =
    mint.receipt instanceof Uint8Array
      ? mint.receipt
      : mintReceipt({
          at: Date.parse('2026-06-01T00:00:00Z'),
          publicKey: key.publicKey,
          appId: mint.appId ?? MINT_APP_ID,
          root: { party: root, subject: ROOT },
          ...mint.receipt,
        }).receipt;
  const object = buildCbor({
    fmt: mint.format ?? 'apple-appattest',
    attStmt: { x5c, receipt },
    authData,
  });
  const statement = Uint8Array.from([...object, ...(mint.trailing ?? [])]);
  return { statement, root: rootDer, key, keyId, publicKey: key.publicKey };
}

function nonceOf(mint: AppAttestMint, authData: Uint8Array): Uint8Array | null {
  if (mint.nonce === 'missing') return null;
  if (mint.nonce === 'malformed') return derSequence(derOctets(new Uint8Array(32)));
  const nonce = mint.nonce ?? sha256(authData, sha256(mint.clientData ?? MINT_CLIENT_DATA));
  return derSequence(derContext(1, derOctets(nonce)));
}

const AAGUIDS = {
  development: 'appattestdevelop',
  production: 'appattest\0\0\0\0\0\0\0',
  unknown: 'appattestsomeday',
} as const;

function authenticatorData(mint: AppAttestMint, point: Uint8Array, keyId: Uint8Array): Uint8Array {
  const cose =
    mint.coseKey ??
    new Map<number, CborSpec>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, point.subarray(1, 33)],
      [-3, point.subarray(33)],
    ]);
  const id = mint.credentialId ?? keyId;
  return Uint8Array.from([
    ...head(mint, mint.extensions === undefined ? 0x40 : 0xc0),
    ...new TextEncoder().encode(AAGUIDS[mint.environment ?? 'production']),
    id.length >> 8,
    id.length & 0xff,
    ...id,
    ...buildCbor(cose),
    ...(mint.extensions === undefined ? [] : buildCbor(mint.extensions)),
  ]);
}

function head(mint: Pick<AppAttestMint, 'appId' | 'counter'>, flags: number): Uint8Array {
  const out = new Uint8Array(37);
  out.set(sha256(new TextEncoder().encode(mint.appId ?? MINT_APP_ID)));
  out[32] = flags;
  new DataView(out.buffer).setUint32(33, mint.counter ?? 0);
  return out;
}

/** An assertion by an attested key. */
export function mintAssertion(
  key: TestParty,
  mint: { readonly appId?: string; readonly counter?: number; readonly clientData?: Uint8Array } = {},
): Uint8Array {
  const authenticator = head({ counter: 1, ...mint }, 0x40);
  const nonce = sha256(authenticator, sha256(mint.clientData ?? MINT_CLIENT_DATA));
  return buildCbor({ signature: key.sign(nonce), authenticatorData: authenticator });
}
