import { ByteWriter, type Host } from '@vedette/bytes';
import { standardAttributes } from '../cms/signed-data-builder.ts';
import { der, derInteger, derOctets, derSequence, derUtf8 } from '../der/der-writer.ts';
import type { SignatureSpec } from '../mach-o/mach-o-builder.ts';
import { buildXmlPlist } from '../plist/plist-builder.ts';
import { BLOB, SLOT } from './blob.ts';
import { CS, codeHash } from './code-directory.ts';
import type { CodeHashType } from './signature-model.ts';

export interface CodeDirectorySpec {
  readonly identifier?: string;
  readonly teamId?: string;
  readonly hashType?: 'sha1' | 'sha256' | 'sha256-truncated' | 'sha384';
  readonly flags?: number;
  /** Content of what special slots seal, by slot. */
  readonly special?: Readonly<Record<number, Uint8Array>>;
  /** Fields to write instead of the true ones. */
  readonly lies?: { readonly hashSize?: number; readonly codeLimit?: number; readonly hashes?: number };
}

const TYPES: Readonly<Record<CodeHashType, number>> = {
  unknown: 0,
  sha1: 1,
  'sha256-truncated': 3,
  sha256: 2,
  sha384: 4,
};
const PAGE = 4_096;

/** Writes a CodeDirectory (version 0x20200) over `covered`, with pages of 4 KiB. */
export function buildCodeDirectory(spec: CodeDirectorySpec, covered: Uint8Array, host: Host): Uint8Array {
  const hashType = spec.hashType ?? 'sha256';
  const hash = (input: Uint8Array): Uint8Array => codeHash(hashType, input, host) ?? new Uint8Array(20);
  const hashSize = hash(new Uint8Array(0)).length;
  const special = Object.entries(spec.special ?? {}).map(([slot, content]) => [Number(slot), content] as const);
  const specialCount = Math.max(0, ...special.map(([slot]) => slot));
  const identifier = new TextEncoder().encode(`${spec.identifier ?? 'com.example.app'}\0`);
  const team = new TextEncoder().encode(spec.teamId === undefined ? '' : `${spec.teamId}\0`);
  const head = 52;
  const hashOffset = head + identifier.length + team.length + specialCount * hashSize;
  const pages = Math.ceil(covered.length / PAGE);
  const out = new ByteWriter();
  out.bytes(big(BLOB.CODE_DIRECTORY, hashOffset + pages * hashSize, 0x2_0200, spec.flags ?? 0, hashOffset, head));
  out.bytes(big(specialCount, spec.lies?.hashes ?? pages, spec.lies?.codeLimit ?? covered.length));
  out.u8(spec.lies?.hashSize ?? hashSize, TYPES[hashType], 0, 12);
  out.bytes(big(0, 0, spec.teamId === undefined ? 0 : head + identifier.length), identifier, team);
  for (let slot = specialCount; slot >= 1; slot--) {
    const content = special.find(([number]) => number === slot)?.[1];
    out.bytes(content === undefined ? new Uint8Array(hashSize) : hash(content));
  }
  for (let page = 0; page < pages; page++) out.bytes(hash(covered.subarray(page * PAGE, (page + 1) * PAGE)));
  return out.finish();
}

/** A blob: magic, length, content. */
export function signatureBlob(magic: number, content: Uint8Array): Uint8Array {
  return new ByteWriter().bytes(big(magic, content.length + 8), content).finish();
}

/** A SuperBlob of blobs by slot. */
export function buildSuperBlob(
  blobs: readonly (readonly [slot: number, bytes: Uint8Array])[],
  lies: { readonly count?: number; readonly magic?: number } = {},
): Uint8Array {
  const start = 12 + blobs.length * 8;
  const total = blobs.reduce((sum, [, bytes]) => sum + bytes.length, start);
  const out = new ByteWriter().bytes(big(lies.magic ?? BLOB.EMBEDDED_SIGNATURE, total, lies.count ?? blobs.length));
  let at = start;
  for (const [slot, bytes] of blobs) {
    out.bytes(big(slot, at));
    at += bytes.length;
  }
  return out.bytes(...blobs.map(([, bytes]) => bytes)).finish();
}

export interface CodeSigningSpec extends Pick<CodeDirectorySpec, 'identifier' | 'teamId' | 'flags' | 'lies'> {
  /** One code directory each, the first in slot 0; default SHA-256. */
  readonly hashTypes?: readonly ('sha1' | 'sha256' | 'sha256-truncated' | 'sha384')[];
  readonly infoPlist?: Uint8Array;
  readonly codeResources?: Uint8Array;
  /** XML, and DER of `derEntitlements`. */
  readonly entitlements?: Uint8Array;
  readonly entitlementsDer?: Uint8Array;
  /** CMS over the first code directory; left out, the signature is ad hoc. */
  readonly cms?: (codeDirectory: Uint8Array, cdHashes: readonly Uint8Array[]) => Uint8Array;
  readonly host: Host;
  /** Blobs to add at the end of the index. */
  readonly extra?: readonly (readonly [slot: number, bytes: Uint8Array])[];
  readonly superBlob?: { readonly count?: number; readonly magic?: number };
  /** Changes a code directory after it was written: the index of it, and its bytes. */
  readonly bend?: (index: number, bytes: Uint8Array) => Uint8Array;
}

/** For `buildMachO`: a signature with real hashes over the file. */
export function codeSigning(spec: CodeSigningSpec): SignatureSpec {
  return { size: 16_384, sign: (covered) => buildCodeSignature(spec, covered) };
}

export function buildCodeSignature(spec: CodeSigningSpec, covered: Uint8Array): Uint8Array {
  const { host } = spec;
  const requirements = signatureBlob(BLOB.REQUIREMENTS, big(0));
  const xml = spec.entitlements === undefined ? null : signatureBlob(BLOB.ENTITLEMENTS, spec.entitlements);
  const derBlob =
    spec.entitlementsDer === undefined ? null : signatureBlob(BLOB.ENTITLEMENTS_DER, spec.entitlementsDer);
  const special = {
    ...(spec.infoPlist === undefined ? {} : { [SLOT.INFO_PLIST]: spec.infoPlist }),
    [SLOT.REQUIREMENTS]: requirements,
    ...(spec.codeResources === undefined ? {} : { [SLOT.RESOURCES]: spec.codeResources }),
    ...(xml === null ? {} : { [SLOT.ENTITLEMENTS]: xml }),
    ...(derBlob === null ? {} : { [SLOT.ENTITLEMENTS_DER]: derBlob }),
  };
  const types = spec.hashTypes ?? ['sha256'];
  const flags = spec.flags ?? (spec.cms === undefined ? CS.ADHOC : 0);
  const directories = types.map((hashType, index) => {
    const { identifier, teamId, lies } = spec;
    const base: CodeDirectorySpec = { hashType, flags, special };
    const parts = {
      ...(identifier === undefined ? {} : { identifier }),
      ...(teamId === undefined ? {} : { teamId }),
      ...(lies === undefined ? {} : { lies }),
    };
    const bytes = buildCodeDirectory({ ...base, ...parts }, covered, host);
    return spec.bend?.(index, bytes) ?? bytes;
  });
  const hashes = directories.map((bytes, index) =>
    (codeHash(types[index] ?? 'sha256', bytes, host) ?? new Uint8Array(20)).slice(0, 20),
  );
  const [first = new Uint8Array(0)] = directories;
  const cms = spec.cms === undefined ? new Uint8Array(0) : spec.cms(first, hashes);
  return buildSuperBlob(
    [
      [SLOT.CODE_DIRECTORY, first],
      [SLOT.REQUIREMENTS, requirements],
      ...(xml === null ? [] : [[SLOT.ENTITLEMENTS, xml] as const]),
      ...(derBlob === null ? [] : [[SLOT.ENTITLEMENTS_DER, derBlob] as const]),
      ...directories.slice(1).map((bytes, index) => [SLOT.ALTERNATES + index, bytes] as const),
      [SLOT.SIGNATURE, signatureBlob(BLOB.WRAPPER, cms)],
      ...(spec.extra ?? []),
    ],
    spec.superBlob,
  );
}

/** DER of the attributes that a signer of code has: the standard ones over the first code directory's digest, and Apple's list of all hashes. */
export function codeSignatureAttributes(
  messageDigest: Uint8Array,
  cdHashes: readonly Uint8Array[],
): readonly (readonly [type: string, ...values: Uint8Array[]])[] {
  const list = buildXmlPlist({ cdhashes: [...cdHashes] });
  return [...standardAttributes(messageDigest), ['1.2.840.113635.100.9.1', derOctets(list)]];
}

export type EntitlementSpec =
  | string
  | boolean
  | number
  | readonly EntitlementSpec[]
  | { readonly [key: string]: EntitlementSpec };

/** Entitlements as DER. */
export function derEntitlements(entitlements: { readonly [key: string]: EntitlementSpec }): Uint8Array {
  return der(0x70, derInteger(1), derValue(entitlements));
}

function derValue(value: EntitlementSpec): Uint8Array {
  if (typeof value === 'string') return derUtf8(value);
  if (typeof value === 'boolean') return der(1, Uint8Array.of(value ? 0xff : 0));
  if (typeof value === 'number') return derInteger(value);
  if (isList(value)) return derSequence(...value.map(derValue));
  return der(0xb0, ...Object.entries(value).map(([key, inner]) => derSequence(derUtf8(key), derValue(inner))));
}

function isList(value: EntitlementSpec): value is readonly EntitlementSpec[] {
  return Array.isArray(value);
}

function big(...values: number[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]),
  );
}
