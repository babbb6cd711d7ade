import type { Host } from '@vedette/bytes';
import type { ZipArchive } from '../zip/read-zip.ts';
import type { ApkScheme } from './apk-issue.ts';
import { claimJarSigners } from './claim-jar-signers.ts';
import { createContentDigests } from './content-digest.ts';
import type { SdkRange } from './jar-digests.ts';
import { claimedDigests, type DigestsByKind, type SchemeResult } from './scheme-result.ts';
import type { ContentDigestKind } from './signature-algorithms.ts';
import { type SigningBlock, V2_BLOCK, V3_BLOCK, V31_BLOCK } from './signing-block.ts';
import { verifyBlockScheme } from './verify-block-scheme.ts';
import { jarSignatureEntries, verifyJarSignature } from './verify-jar-signature.ts';

export interface SchemesSource {
  readonly bytes: Uint8Array;
  readonly zip: ZipArchive;
  readonly host: Host;
  readonly block: SigningBlock | null;
  readonly range: SdkRange;
}

/** The schemes of one file, each verified when it is asked for. A scheme that is not there gives null. */
export interface Schemes {
  v31(): SchemeResult | null;
  v3(): SchemeResult | null;
  v2(): SchemeResult | null;
  /** Also without any JAR signature: that there is none is its issue. */
  v1(): SchemeResult;
  /** Numbers of the schemes asked for and found, v1 not among them. */
  readonly found: ReadonlySet<number>;
  readonly present: readonly ApkScheme[];
  /** Results of what is there and was not looked at, without issues: JAR signers as claims, the others verified. */
  others(looked: readonly SchemeResult[]): readonly SchemeResult[];
  /** What a source stamp must cover. */
  stampDigests(looked: readonly SchemeResult[]): ReadonlyMap<number, DigestsByKind>;
}

const NUMBERS = { v2: 2, v3: 3, 'v3.1': 31 } as const;
const BLOCKS = { v2: V2_BLOCK, v3: V3_BLOCK, 'v3.1': V31_BLOCK } as const;
const MAX_MANIFEST = 64 * 1024 * 1024;

export function createSchemes({ bytes, zip, host, block, range }: SchemesSource): Schemes {
  const found = new Set<number>();
  const digests = createContentDigests(bytes, { blockStart: block?.start ?? 0, zip, host });
  const { minSdk, maxSdk } = range;
  const supported = new Set(maxSdk >= 28 ? [2, 3] : maxSdk >= 24 ? [2] : []);
  let rotationMinSdk: number | null = null;
  const pairOf = (scheme: keyof typeof BLOCKS): Uint8Array | null =>
    block?.pairs.find(({ id }) => id === BLOCKS[scheme])?.value ?? null;
  const run = (scheme: keyof typeof BLOCKS, firstSdk: number): SchemeResult | null => {
    const value = block?.usable === true ? pairOf(scheme) : null;
    if (value === null) return null;
    const context = { host, digests, minSdk: Math.max(minSdk, firstSdk), maxSdk, supported, found, rotationMinSdk };
    const result = verifyBlockScheme(scheme, value, context);
    found.add(NUMBERS[scheme]);
    return result;
  };
  const jar = jarSignatureEntries(zip);
  const present: ApkScheme[] = (['v3.1', 'v3', 'v2'] as const).filter((scheme) => pairOf(scheme) !== null);
  if (jar.blocks.length > 0) present.push('v1');
  return {
    found,
    present,
    v31() {
      const result = run('v3.1', 33);
      const first = Math.min(...(result?.signers ?? []).map(({ sdkRange }) => sdkRange?.min ?? 0));
      rotationMinSdk = Number.isFinite(first) && first > 0 ? first : null;
      return result;
    },
    v3: () => run('v3', 28),
    v2: () => run('v2', 24),
    v1() {
      const result = verifyJarSignature(zip, { host, minSdk, maxSdk, supported, found });
      const judged = new Set(result.signers.map(({ name }) => `META-INF/${name}`));
      const alone = claimJarSigners(
        jar.blocks.filter(({ name }) => !judged.has(name)),
        host,
      );
      return { ...result, signers: [...result.signers, ...alone.signers] };
    },
    others(looked) {
      const missing = present.filter((scheme) => looked.every((result) => result.scheme !== scheme));
      return missing.flatMap((scheme) => {
        if (scheme === 'v1') return [claimJarSigners(jar.blocks, host)];
        const result = scheme === 'v2' || scheme === 'v3' || scheme === 'v3.1' ? run(scheme, 24) : null;
        return result === null ? [] : [result];
      });
    },
    stampDigests(looked) {
      const all = new Map<number, DigestsByKind>();
      for (const { scheme, signers } of looked) {
        if (scheme === 'v2' || scheme === 'v3' || scheme === 'v3.1') all.set(NUMBERS[scheme], claimedDigests(signers));
      }
      if (minSdk >= 24 && all.size > 0) return all;
      const own = new Map<ContentDigestKind, Uint8Array>();
      if (jar.manifest !== undefined) own.set('manifest-sha256', host.sha256(jar.manifest.read(MAX_MANIFEST).value));
      return all.set(1, own);
    },
  };
}
