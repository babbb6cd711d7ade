/**
 * Files of APK Signature Scheme v4, `.idsig` beside the APK (source.android.com, "APK Signature Scheme v4"; AOSP,
 * android.os.incremental.V4Signature).
 */
import { ByteWriter, Cursor } from '@vedette/bytes';
import { takePrefixed } from './prefixed.ts';

export interface IdsigSigner {
  /** 4 in the first place, or the id of the block that this further signer goes with: v3.1 beside v3. */
  readonly blockId: number;
  /** Digest of the APK's content, as its v2 or v3 signer claims it. */
  readonly apkDigest: Uint8Array;
  readonly certificate: Uint8Array;
  readonly additionalData: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly algorithm: number;
  readonly signature: Uint8Array;
}

export interface Idsig {
  readonly version: number;
  /** 1 is SHA-256. */
  readonly hashAlgorithm: number;
  /** 12 is pages of 4,096 bytes. */
  readonly log2BlockSize: number;
  readonly salt: Uint8Array;
  readonly rootHash: Uint8Array;
  readonly signers: readonly IdsigSigner[];
  /** Null when the file does without it. */
  readonly tree: Uint8Array | null;
}

export const IDSIG_VERSION = 2;
const MAX_SIGNERS = 16;

/** Reads an `.idsig` file; null when it is none, or is cut off before the tree. */
export function readIdsig(bytes: Uint8Array): Idsig | null {
  const cursor = new Cursor(bytes);
  const version = cursor.u32();
  const hashing = new Cursor(takePrefixed(cursor));
  const signing = new Cursor(takePrefixed(cursor));
  if (cursor.truncated) return null;
  const hashAlgorithm = hashing.u32();
  const log2BlockSize = hashing.u8();
  const salt = takePrefixed(hashing);
  const rootHash = takePrefixed(hashing);
  const signers = [readSigner(signing, 4)];
  while (signing.remaining > 0 && signers.length < MAX_SIGNERS) {
    const blockId = signing.u32();
    const inner = new Cursor(takePrefixed(signing));
    signers.push(readSigner(inner, blockId));
    if (inner.truncated) return null;
  }
  if (hashing.truncated || signing.truncated) return null;
  let tree: Uint8Array | null = null;
  if (cursor.remaining > 0) {
    tree = takePrefixed(cursor);
    if (tree.length === 0) tree = null;
  }
  return { version, hashAlgorithm, log2BlockSize, salt, rootHash, signers, tree };
}

function readSigner(cursor: Cursor, blockId: number): IdsigSigner {
  const apkDigest = takePrefixed(cursor);
  const certificate = takePrefixed(cursor);
  const additionalData = takePrefixed(cursor);
  const publicKey = takePrefixed(cursor);
  const algorithm = cursor.u32();
  const signature = takePrefixed(cursor);
  return { blockId, apkDigest, certificate, additionalData, publicKey, algorithm, signature };
}

/** What a v4 signer signs: size, hashing and its own claims, with the length of it all before. */
export function idsigSignedData(
  fileSize: number,
  hashing: Pick<Idsig, 'hashAlgorithm' | 'log2BlockSize' | 'salt' | 'rootHash'>,
  signer: Pick<IdsigSigner, 'apkDigest' | 'certificate' | 'additionalData'>,
): Uint8Array {
  const fields = [hashing.salt, hashing.rootHash, signer.apkDigest, signer.certificate, signer.additionalData];
  const size = 4 + 8 + 4 + 1 + fields.reduce((sum, field) => sum + 4 + field.length, 0);
  const out = new ByteWriter().u32(size).u64(fileSize).u32(hashing.hashAlgorithm).u8(hashing.log2BlockSize);
  for (const field of fields) out.u32(field.length).bytes(field);
  return out.finish();
}
