import type { Host } from '@vedette/bytes';
import { type IdsigSigner, idsigSignedData } from './idsig.ts';
import { join, prefixed, u32 } from './prefixed-writer.ts';
import { KEY_ALGORITHM_IDS, type SigningKey } from './signing-key.ts';
import { verityTree } from './verity-tree.ts';

export interface IdsigSpec {
  readonly key: SigningKey;
  /** Digest of the APK's content as its v2 or v3 signer has it. */
  readonly apkDigest: Uint8Array;
  /** The signer that goes with v3.1, and the digest that it has. */
  readonly second?: { readonly key: SigningKey; readonly apkDigest: Uint8Array };
  readonly version?: number;
  readonly withTree?: boolean;
}

const V31_BLOCK = 0x1b93ad61;

/** An `.idsig` file for the APK in `apk` ("APK Signature Scheme v4"). */
export function buildIdsig(apk: Uint8Array, spec: IdsigSpec, host: Host): Uint8Array {
  const salt = new Uint8Array(0);
  const { rootHash, tree } = verityTree([apk], salt, host);
  const hashing = { hashAlgorithm: 1, log2BlockSize: 12, salt, rootHash };
  const hashingInfo = prefixed(u32(1), Uint8Array.of(12), prefixed(salt), prefixed(rootHash));
  const signer = ({ key, apkDigest }: { key: SigningKey; apkDigest: Uint8Array }): Uint8Array => {
    const claims: Pick<IdsigSigner, 'apkDigest' | 'certificate' | 'additionalData'> = {
      apkDigest,
      certificate: key.certificate,
      additionalData: new Uint8Array(0),
    };
    const signature = key.sign(idsigSignedData(apk.length, hashing, claims), 'sha256');
    const named = [apkDigest, key.certificate, claims.additionalData, key.publicKey].map((part) => prefixed(part));
    return join(...named, u32(KEY_ALGORITHM_IDS[key.kind]), prefixed(signature));
  };
  const second = spec.second === undefined ? [] : [u32(V31_BLOCK), prefixed(signer(spec.second))];
  const signing = prefixed(signer(spec), ...second);
  const end = spec.withTree === false ? [] : [prefixed(tree)];
  return join(u32(spec.version ?? 2), hashingInfo, signing, ...end);
}
