import { ByteWriter } from '@vedette/bytes';
import { buildSignedData } from '../cms/signed-data-builder.ts';
import { join, prefixed, u32 } from './prefixed-writer.ts';
import { type SigningBlockPair, V2_BLOCK, V3_BLOCK, V31_BLOCK } from './signing-block.ts';

const BLOCK_IDS = { v2: V2_BLOCK, v3: V3_BLOCK, 'v3.1': V31_BLOCK } as const;

/** RSASSA-PKCS1-v1_5 with SHA-256, content digested in chunks ("APK Signature Scheme v2", signature algorithm ids). */
export const RSA_PKCS1_SHA256 = 0x0103;

export interface BlockSignerSpec {
  /** DER. */
  readonly certificate: Uint8Array;
  /** The digest of the content, if it is to be right; default zeros. */
  readonly digest?: Uint8Array;
  readonly algorithm?: number;
  /** SubjectPublicKeyInfo; default empty: the signer then reads well and is `not-checked`. */
  readonly publicKey?: Uint8Array;
  /** Signs the signed part; without it the signature is a row of zeros that verifies nowhere. */
  readonly sign?: (signedData: Uint8Array) => Uint8Array;
  /** v3 and v3.1 only. */
  readonly minSdk?: number;
  readonly maxSdk?: number;
  /** Additional attributes, each id and value (see `signerAttribute`). */
  readonly attributes?: readonly Uint8Array[];
}

/** An additional attribute of a signer: its id and its value. */
export function signerAttribute(id: number, value: Uint8Array): Uint8Array {
  return join(u32(id), value);
}

/** The value of a v2, v3 or v3.1 pair. */
export function signerBlock(scheme: keyof typeof BLOCK_IDS, signers: readonly BlockSignerSpec[]): SigningBlockPair {
  const records = signers.map((signer) => {
    const algorithm = signer.algorithm ?? RSA_PKCS1_SHA256;
    const range = scheme === 'v2' ? [] : [u32(signer.minSdk ?? 28), u32(signer.maxSdk ?? 0x7fff_ffff)];
    const attributes = prefixed(...(signer.attributes ?? []).map((attribute) => prefixed(attribute)));
    const digest = prefixed(u32(algorithm), prefixed(signer.digest ?? new Uint8Array(32)));
    const signed = join(prefixed(digest), prefixed(prefixed(signer.certificate)), ...range, attributes);
    const signature = signer.sign?.(signed) ?? new Uint8Array(256);
    return prefixed(
      prefixed(signed),
      ...range,
      prefixed(prefixed(u32(algorithm), prefixed(signature))),
      prefixed(signer.publicKey ?? new Uint8Array(0)),
    );
  });
  return { id: BLOCK_IDS[scheme], value: prefixed(...records) };
}

/** The APK Signing Block, to be put before the central directory. */
export function buildSigningBlock(pairs: readonly SigningBlockPair[]): Uint8Array {
  const body = new ByteWriter();
  for (const { id, value } of pairs)
    body
      .u64(value.length + 4)
      .u32(id)
      .bytes(value);
  const size = body.length + 24;
  return new ByteWriter().u64(size).bytes(body.finish()).u64(size).latin1('APK Sig Block 42').finish();
}

/** A signature block of JAR signing (`META-INF/X.RSA`): CMS SignedData with one signer and an inert signature. */
export function buildSignatureBlock(certificate: Uint8Array, signature: Uint8Array = new Uint8Array(256)): Uint8Array {
  return buildSignedData({ certificates: [certificate], signers: [{ certificate, signature }] });
}
