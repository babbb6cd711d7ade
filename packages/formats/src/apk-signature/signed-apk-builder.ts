import type { Host } from '@vedette/bytes';
import { type ApkSpec, apkEntries } from '../builders/apk-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { buildZip, type ZipEntrySpec } from '../zip/zip-builder.ts';
import { buildSigningBlock, signerAttribute, signerBlock } from './apk-signature-builder.ts';
import { type ContentDigests, createContentDigests } from './content-digest.ts';
import { type JarSignatureSpec, jarSignatureFiles } from './jar-signature-builder.ts';
import { buildLineage } from './lineage-builder.ts';
import { join, prefixed, u32 } from './prefixed-writer.ts';
import { BLOCK_ALGORITHMS, type ContentDigestKind } from './signature-algorithms.ts';
import { type SigningBlockPair, STAMP_BLOCK } from './signing-block.ts';
import { KEY_ALGORITHM_IDS, type SigningKey } from './signing-key.ts';
import { stampedDigests } from './source-stamp.ts';

export interface BlockKeySpec {
  readonly key: SigningKey;
  /** Id of the signature algorithm; default SHA-256 over chunks, for the kind of key. */
  readonly algorithm?: number;
  readonly minSdk?: number;
  readonly maxSdk?: number;
  /** v3: the keys before this one, oldest first; the proof of rotation is made of them and this one. */
  readonly formerKeys?: readonly SigningKey[];
  readonly attributes?: readonly Uint8Array[];
}

export interface StampSpec {
  readonly key: SigningKey;
  readonly formerKeys?: readonly SigningKey[];
  readonly timestampSeconds?: number;
}

/** Who signs an app, by scheme. What protects a scheme against stripping is written as apksig writes it. */
export interface SigningPlan {
  readonly v1?: JarSignatureSpec;
  readonly v2?: readonly BlockKeySpec[];
  readonly v3?: readonly BlockKeySpec[];
  readonly v31?: readonly BlockKeySpec[];
  readonly stamp?: StampSpec;
  readonly blockPairs?: readonly SigningBlockPair[];
}

const STRIPPING_PROTECTION = 0xbeeff00d;
const PROOF_OF_ROTATION = 0x3ba06f8c;
const ROTATION_MIN_SDK = 0x559f8b02;
const STAMP_PROOF_OF_ROTATION = 0x9d6303f7;
const STAMP_TIME = 0xe43c5946;
const V31_SDK = 33;

/** Writes an app whose signatures verify. The entries are changed by nothing but what the schemes add. */
export function signApk(spec: ApkSpec, plan: SigningPlan, host: Host): Uint8Array {
  const entries: ZipEntrySpec[] = [...apkEntries(spec)];
  if (plan.stamp !== undefined)
    entries.push({ name: 'stamp-cert-sha256', data: host.sha256(plan.stamp.key.certificate) });
  const announces = [plan.v2 === undefined ? '' : '2', plan.v3 === undefined ? '' : '3'].filter(Boolean).join(', ');
  const jar = plan.v1;
  const signers = jar?.signers.map((signer) => ({ ...(announces === '' ? {} : { announces }), ...signer })) ?? [];
  if (jar !== undefined) entries.push(...jarSignatureFiles(entries, { ...jar, signers }, host));
  const digests = digestsOf(buildZip(entries, spec.zip), host);
  const pairs = [...schemePairs(plan, digests), ...(plan.blockPairs ?? [])];
  if (plan.stamp !== undefined) {
    const manifest = entries.find(({ name }) => name === 'META-INF/MANIFEST.MF')?.data;
    pairs.push(stampPair(plan, plan.stamp, { digests, manifest, host }));
  }
  const block = pairs.length === 0 ? {} : { beforeDirectory: buildSigningBlock(pairs) };
  return buildZip(entries, { ...spec.zip, ...block });
}

/** The digests of an archive's content, its signing block (if any) left out. */
function digestsOf(unsigned: Uint8Array, host: Host): ContentDigests {
  const zip = readZip(unsigned, host).value;
  if (zip === null || zip.directoryOffset === null) throw new Error('what was built is no archive');
  return createContentDigests(unsigned, { blockStart: zip.directoryOffset, zip, host });
}

function schemePairs(plan: SigningPlan, digests: ContentDigests): SigningBlockPair[] {
  const { v2, v3, v31 } = plan;
  const rotation = Math.min(...(v31 ?? []).map(({ minSdk }) => minSdk ?? V31_SDK));
  const pairs: SigningBlockPair[] = [];
  if (v2 !== undefined) {
    const attributes = v3 === undefined ? [] : [signerAttribute(STRIPPING_PROTECTION, u32(3))];
    pairs.push(
      signerBlock(
        'v2',
        v2.map((signer) => blockSigner(signer, digests, attributes)),
      ),
    );
  }
  if (v3 !== undefined) {
    const attributes = v31 === undefined ? [] : [signerAttribute(ROTATION_MIN_SDK, u32(rotation))];
    const maxSdk = v31 === undefined ? {} : { maxSdk: rotation - 1 };
    pairs.push(
      signerBlock(
        'v3',
        v3.map((signer) => blockSigner({ ...maxSdk, ...signer }, digests, attributes)),
      ),
    );
  }
  if (v31 !== undefined)
    pairs.push(
      signerBlock(
        'v3.1',
        v31.map((signer) => blockSigner({ minSdk: V31_SDK, ...signer }, digests, [])),
      ),
    );
  return pairs;
}

function blockSigner(
  { key, algorithm = KEY_ALGORITHM_IDS[key.kind], formerKeys, attributes = [], ...range }: BlockKeySpec,
  digests: ContentDigests,
  protection: readonly Uint8Array[],
): Parameters<typeof signerBlock>[1][number] {
  const method = BLOCK_ALGORITHMS.get(algorithm);
  const digest = digests.get(method?.digest ?? 'chunked-sha256') ?? new Uint8Array(32);
  const { certificate, publicKey } = key;
  const proof =
    formerKeys === undefined ? [] : [signerAttribute(PROOF_OF_ROTATION, buildLineage({ keys: [...formerKeys, key] }))];
  return {
    certificate,
    publicKey,
    algorithm,
    digest,
    sign: (data) => key.sign(data, method?.hash ?? 'sha256'),
    ...range,
    attributes: [...protection, ...proof, ...attributes],
  };
}

interface StampContext {
  readonly digests: ContentDigests;
  readonly manifest: Uint8Array | undefined;
  readonly host: Host;
}

function stampPair(
  plan: SigningPlan,
  { key, formerKeys, timestampSeconds }: StampSpec,
  context: StampContext,
): SigningBlockPair {
  const id = KEY_ALGORITHM_IDS[key.kind];
  const signatures = (data: Uint8Array): Uint8Array => prefixed(prefixed(u32(id), prefixed(key.sign(data, 'sha256'))));
  const schemes: Uint8Array[] = [];
  const add = (scheme: number, kinds: ReadonlyMap<ContentDigestKind, Uint8Array>): void => {
    schemes.push(prefixed(u32(scheme), signatures(stampedDigests(kinds))));
  };
  if (plan.v1 !== undefined && context.manifest !== undefined)
    add(1, new Map([['manifest-sha256', context.host.sha256(context.manifest)]]));
  for (const [scheme, signers] of [
    [2, plan.v2],
    [3, plan.v3],
    [31, plan.v31],
  ] as const) {
    const kinds = (signers ?? []).map(
      ({ key: own, algorithm = KEY_ALGORITHM_IDS[own.kind] }) => BLOCK_ALGORITHMS.get(algorithm)?.digest,
    );
    const claimed = new Map(
      kinds.flatMap((kind) => (kind === undefined ? [] : [[kind, context.digests.get(kind)] as const])),
    );
    const known = new Map([...claimed].flatMap(([kind, value]) => (value === null ? [] : [[kind, value] as const])));
    if (signers !== undefined) add(scheme, known);
  }
  const attributes: Uint8Array[] = [];
  if (formerKeys !== undefined)
    attributes.push(prefixed(u32(STAMP_PROOF_OF_ROTATION), buildLineage({ keys: [...formerKeys, key] })));
  if (timestampSeconds !== undefined) attributes.push(prefixed(u32(STAMP_TIME), u32(timestampSeconds), u32(0)));
  const list = prefixed(...attributes);
  const body = join(prefixed(key.certificate), prefixed(...schemes), prefixed(list), signatures(list));
  return { id: STAMP_BLOCK, value: prefixed(body) };
}
