import { type Diagnostics, type Host, toHex } from '@vedette/bytes';
import { zeroText } from '../mach-o/texts.ts';
import { createWords } from '../mach-o/words.ts';
import { BLOB, SLOT } from './blob.ts';
import type { CodeDirectory, CodeHashType, SignatureBlob } from './signature-model.ts';

/** Flags of a CodeDirectory (xnu, osfmk/kern/cs_blobs.h). */
export const CS = { HOST: 0x1, ADHOC: 0x2, GET_TASK_ALLOW: 0x4, LINKER_SIGNED: 0x2_0000 } as const;

const FLAG_NAMES: readonly (readonly [bit: number, name: string])[] = [
  [CS.HOST, 'host'],
  [CS.ADHOC, 'adhoc'],
  [CS.GET_TASK_ALLOW, 'get-task-allow'],
  [0x100, 'force-hard'],
  [0x200, 'force-kill'],
  [0x400, 'force-expiration'],
  [0x800, 'restrict'],
  [0x1000, 'enforcement'],
  [0x2000, 'library-validation'],
  [0x1_0000, 'runtime'],
  [CS.LINKER_SIGNED, 'linker-signed'],
];

const HASH_TYPES: readonly CodeHashType[] = ['unknown', 'sha1', 'sha256', 'sha256-truncated', 'sha384'];
const HASH_SIZES: Readonly<Record<CodeHashType, number>> = {
  sha1: 20,
  sha256: 32,
  'sha256-truncated': 20,
  sha384: 48,
  unknown: 0,
};
/** Order of strength (xnu, bsd/kern/ubc_subr.c, hash_rank): the strongest the platform knows is chosen. */
const RANKS: Readonly<Record<CodeHashType, number>> = {
  unknown: 0,
  sha1: 1,
  'sha256-truncated': 2,
  sha256: 3,
  sha384: 4,
};

const NONE = new Uint8Array(0);

/** The hash of a type over `input`; null when the host cannot compute it, or the type is unknown. */
export function codeHash(type: CodeHashType, input: Uint8Array, host: Host): Uint8Array | null {
  if (type === 'unknown') return null;
  if (type === 'sha256') return host.sha256(input);
  if (type === 'sha256-truncated') return host.sha256(input).subarray(0, 20);
  return host.signatures?.digest(type, input) ?? null;
}

/** Reads every CodeDirectory among the blobs: that of slot 0 first, then alternates in order. */
export function readCodeDirectories(
  blobs: readonly SignatureBlob[],
  host: Host,
  diagnostics: Diagnostics,
): readonly CodeDirectory[] {
  return blobs
    .filter(({ slot }) => slot === SLOT.CODE_DIRECTORY || (slot >= SLOT.ALTERNATES && slot < SLOT.ALTERNATES_END))
    .toSorted((a, b) => a.slot - b.slot)
    .flatMap((blob) => readCodeDirectory(blob, host, diagnostics) ?? []);
}

/** The CodeDirectory that the platform goes by: the strongest hash, the first of equals. */
export function chooseCodeDirectory(directories: readonly CodeDirectory[]): CodeDirectory | null {
  let chosen: CodeDirectory | null = null;
  for (const directory of directories) {
    if (RANKS[directory.hashType] > (chosen === null ? 0 : RANKS[chosen.hashType])) chosen = directory;
  }
  return chosen;
}

function readCodeDirectory(
  { slot, magic, bytes }: SignatureBlob,
  host: Host,
  diagnostics: Diagnostics,
): CodeDirectory | null {
  const where = `code directory of slot 0x${slot.toString(16)}`;
  if (magic !== BLOB.CODE_DIRECTORY || bytes.length < 44) {
    diagnostics.error('code-signature.directory.malformed', 'a blob that is no code directory in its slot', { where });
    return null;
  }
  const words = createWords(bytes, true, 8);
  const version = words.u32(8);
  const hashSize = words.u8(36);
  const hashType = HASH_TYPES[words.u8(37)] ?? 'unknown';
  if (HASH_SIZES[hashType] !== hashSize) {
    const message = `hashes of type ${words.u8(37)} with ${hashSize} bytes: the two do not belong together`;
    diagnostics.error('code-signature.hash.mismatch', message, { where });
  }
  const hashOffset = words.u32(16);
  const announcedSpecial = words.u32(24);
  const announcedCode = words.u32(28);
  const size = Math.max(hashSize, 1);
  const special = Math.min(announcedSpecial, 32, Math.floor(Math.min(hashOffset, bytes.length) / size));
  const code = Math.min(announcedCode, Math.max(0, Math.floor((bytes.length - hashOffset) / size)));
  if (special < announcedSpecial || code < announcedCode) {
    const message = `${announcedSpecial} special and ${announcedCode} code hashes are announced, ${special} and ${code} fit`;
    diagnostics.error('code-signature.directory.range', message, { where });
  }
  const hashAt = (index: number): Uint8Array =>
    bytes.subarray(hashOffset + index * size, hashOffset + (index + 1) * size);
  const pageShift = words.u8(39);
  const flags = words.u32(12);
  const has = (minimum: number, size: number): boolean => version >= minimum && bytes.length >= size;
  const teamOffset = has(0x2_0200, 52) ? words.u32(48) : 0;
  const wideLimit = has(0x2_0300, 64) ? words.u64(56) : 0;
  return {
    slot,
    bytes,
    version,
    flags,
    flagNames: FLAG_NAMES.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name),
    identifier: zeroText(bytes, words.u32(20)) ?? '',
    teamId: teamOffset === 0 ? null : zeroText(bytes, teamOffset),
    hashType,
    hashSize,
    pageSize: pageShift === 0 ? 0 : 2 ** pageShift,
    codeLimit: wideLimit > 0 ? wideLimit : words.u32(32),
    codeHashCount: hashSize === 0 ? 0 : code,
    codeHashAt: hashAt,
    specialHashes: new Map(
      hashSize === 0 ? [] : Array.from({ length: special }, (_, index) => [index + 1, hashAt(-index - 1)] as const),
    ),
    platform: words.u8(38),
    execSegmentFlags: has(0x2_0400, 88) ? words.u64(80) : null,
    cdHash: toHex((codeHash(hashType, bytes, host) ?? NONE).subarray(0, 20)) || null,
  };
}
