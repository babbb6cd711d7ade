import type { Host } from '@vedette/bytes';
import { readSignedData } from '../cms/read-signed-data.ts';
import { type SignerVerification, verifySignedData } from '../cms/verify-signed-data.ts';
import { octets, readDerNode } from '../der/read-der.ts';
import { dataAt, itemsAt } from '../plist/plist-value.ts';
import { readPlist } from '../plist/read-plist.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { certificateChain } from '../x509/verify-certificate-signature.ts';
import { SLOT } from './blob.ts';
import { CS, codeHash } from './code-directory.ts';
import type {
  CodeDirectory,
  CodeSignature,
  CodeSignatureVerdict,
  SigningIssue,
  SigningIssueCode,
  SigningState,
} from './signature-model.ts';

/** Files outside of the executable that special slots seal; null for one that is not there, undefined for one not looked at. */
export interface SealedFiles {
  readonly infoPlist?: Uint8Array | null;
  readonly codeResources?: Uint8Array | null;
}

/** What was signed. */
export interface SignedSlice {
  /** The slice alone, its signature included. */
  readonly bytes: Uint8Array;
  /** Where the signature begins, in bytes from the slice's start. */
  readonly signatureOffset: number;
}

/** Page hashes that disagree and are listed one by one. */
const MAX_LISTED = 4;
/** Sizes of pages that the kernel takes (xnu, bsd/kern/ubc_subr.c), with room for larger ones to come. */
const MIN_PAGE = 4_096;
const MAX_PAGE = 65_536;
const CDHASHES_PLIST = '1.2.840.113635.100.9.1';

/**
 * Verifies a code signature over its slice: every page hash and special slot of every code directory, and the CMS
 * signature over the first one with Apple's attribute that lists the hashes of all. It says that the signature holds,
 * not that its signer is to be trusted: no chain is judged.
 */
export function verifyCodeSignature(
  signature: CodeSignature | null,
  slice: SignedSlice,
  files: SealedFiles,
  host: Host,
): CodeSignatureVerdict {
  if (signature === null) return verdict('unsigned', [issue('unsigned', true, 'there is no code signature')]);
  const { chosen, codeDirectories } = signature;
  if (chosen === null)
    return verdict('broken', [
      issue('no-code-directory', true, 'the signature has no code directory that can be used'),
    ]);
  const issues: SigningIssue[] = [];
  for (const directory of codeDirectories) {
    issues.push(...pageIssues(directory, slice, host), ...specialIssues(directory, signature, files, host));
  }
  if (signature.entitlements.agree === false) {
    issues.push(issue('entitlements-differ', true, 'entitlements in XML and in DER say different things'));
  }
  const signer = verifySigner(signature, host, issues);
  const adHoc = (chosen.flags & CS.ADHOC) !== 0 && signature.cms === null;
  if (adHoc) issues.push(issue('ad-hoc', false, 'signed ad hoc: nobody answers for the hashes'));
  const unchecked = issues.some(({ code }) => code === 'hash-unsupported' || code === 'cms-not-checked');
  const state: SigningState = issues.some(({ breaks }) => breaks)
    ? 'broken'
    : unchecked
      ? 'not-checked'
      : adHoc
        ? 'ad-hoc'
        : 'verified';
  return {
    state,
    issues,
    certificates: signer.certificates,
    teamId: chosen.teamId ?? teamOf(signer.certificates[0]),
    identifier: chosen.identifier,
    signingTime: signer.signingTime,
  };
}

function verdict(state: SigningState, issues: readonly SigningIssue[]): CodeSignatureVerdict {
  return { state, issues, certificates: [], teamId: null, identifier: null, signingTime: null };
}

function issue(code: SigningIssueCode, breaks: boolean, detail: string, where?: string): SigningIssue {
  return { code, breaks, detail, ...(where === undefined ? {} : { where }) };
}

function pageIssues(directory: CodeDirectory, slice: SignedSlice, host: Host): readonly SigningIssue[] {
  const { codeHashCount, codeLimit, hashType, pageSize } = directory;
  const where = `code directory of ${hashType}`;
  if (codeHash(hashType, new Uint8Array(0), host) === null) {
    return [issue('hash-unsupported', false, `hashes of ${hashType} cannot be checked here`, where)];
  }
  if (pageSize !== 0 && (pageSize < MIN_PAGE || pageSize > MAX_PAGE)) {
    return [issue('malformed', true, `pages of ${pageSize} bytes, which the kernel does not take`, where)];
  }
  const issues: SigningIssue[] = [];
  const covered = Math.min(slice.signatureOffset, slice.bytes.length);
  if (codeLimit !== covered) {
    const detail = `${codeLimit} bytes are covered, the signature begins at ${slice.signatureOffset}`;
    issues.push(issue('code-not-covered', true, detail, where));
  }
  const size = pageSize === 0 ? Math.max(codeLimit, 1) : pageSize;
  const pages = Math.ceil(Math.min(codeLimit, slice.bytes.length) / size);
  if (pages !== codeHashCount) {
    const detail = `${codeHashCount} hashes for ${pages} pages`;
    issues.push(issue('code-not-covered', true, detail, where));
  }
  const wrong: number[] = [];
  for (let page = 0; page < Math.min(pages, codeHashCount); page++) {
    const end = Math.min((page + 1) * size, codeLimit, slice.bytes.length);
    const actual = codeHash(hashType, slice.bytes.subarray(page * size, end), host);
    if (!same(actual, directory.codeHashAt(page))) wrong.push(page);
  }
  if (wrong.length > 0) {
    const listed = wrong.slice(0, MAX_LISTED).join(', ') + (wrong.length > MAX_LISTED ? '…' : '');
    const detail = `${wrong.length} of ${pages} pages were changed: ${listed}`;
    issues.push(issue('page-hash', true, detail, where));
  }
  return issues;
}

const SLOT_NAMES: Readonly<Record<number, string>> = {
  [SLOT.INFO_PLIST]: 'Info.plist',
  [SLOT.REQUIREMENTS]: 'requirements',
  [SLOT.RESOURCES]: 'CodeResources',
  [SLOT.ENTITLEMENTS]: 'entitlements (XML)',
  [SLOT.ENTITLEMENTS_DER]: 'entitlements (DER)',
};

/** Each thing that a special slot may seal: present and sealed with the right hash, or absent in both. */
function specialIssues(
  directory: CodeDirectory,
  signature: CodeSignature,
  files: SealedFiles,
  host: Host,
): readonly SigningIssue[] {
  const blob = (slot: number): Uint8Array | null =>
    signature.blobs.find((candidate) => candidate.slot === slot)?.bytes ?? null;
  const contents: readonly (readonly [slot: number, content: Uint8Array | null | undefined])[] = [
    [SLOT.INFO_PLIST, files.infoPlist],
    [SLOT.REQUIREMENTS, blob(SLOT.REQUIREMENTS)],
    [SLOT.RESOURCES, files.codeResources],
    [SLOT.ENTITLEMENTS, blob(SLOT.ENTITLEMENTS)],
    [SLOT.ENTITLEMENTS_DER, blob(SLOT.ENTITLEMENTS_DER)],
  ];
  const issues: SigningIssue[] = [];
  const where = `code directory of ${directory.hashType}`;
  for (const [slot, content] of contents) {
    if (content === undefined) continue;
    const sealed = directory.specialHashes.get(slot);
    const isSealed = sealed?.some((byte) => byte !== 0) ?? false;
    const name = SLOT_NAMES[slot] ?? String(slot);
    if (content === null) {
      if (isSealed) issues.push(issue('special-slot-missing', true, `${name} is sealed but not there`, where));
      continue;
    }
    const actual = codeHash(directory.hashType, content, host);
    if (actual === null) continue;
    if (!isSealed) {
      // A library outside of a bundle seals no files; blobs of the signature itself must be sealed.
      const own = slot !== SLOT.INFO_PLIST && slot !== SLOT.RESOURCES;
      const detail = `${name} is there but not sealed`;
      if (own) issues.push(issue('special-slot', true, detail, where));
    } else if (!same(actual, sealed)) {
      issues.push(issue('special-slot', true, `${name} is not the one that was signed`, where));
    }
  }
  return issues;
}

interface SignerFacts {
  readonly certificates: readonly Certificate[];
  readonly signingTime: string | null;
}

/** CMS over the first code directory (Security, libsecurity_codesigning): the others are bound by the attribute. */
function verifySigner(signature: CodeSignature, host: Host, issues: SigningIssue[]): SignerFacts {
  const { cms, chosen, codeDirectories } = signature;
  const content = codeDirectories[0]?.bytes ?? null;
  if (cms === null || content === null) {
    if (((chosen?.flags ?? 0) & CS.ADHOC) === 0) {
      issues.push(issue('cms-missing', true, 'no signer, although the signature is not marked as ad hoc'));
    }
    return { certificates: [], signingTime: null };
  }
  const signedData = readSignedData(cms, host).value;
  const first = signedData === null ? undefined : verifySignedData(signedData, content, host)[0];
  if (signedData === null || first === undefined) {
    issues.push(issue('cms-failed', true, 'the signer block cannot be read, or names no signer'));
    return { certificates: [], signingTime: null };
  }
  if (first.verified === 'failed') issues.push(issue('cms-failed', true, `the signer does not verify: ${first.fault}`));
  if (first.verified === 'not-checked')
    issues.push(issue('cms-not-checked', false, `the signer was not checked: ${first.fault}`));
  checkListedHashes(first, codeDirectories, issues);
  const leaf = first.certificate;
  const certificates = leaf === null ? [] : certificateChain(leaf, signedData.certificates, host);
  return { certificates, signingTime: first.signingTime };
}

/** Apple's attribute with a property list of all code directories' hashes, each cut to 20 bytes: what binds alternates. */
function checkListedHashes(
  { signer }: SignerVerification,
  codeDirectories: readonly CodeDirectory[],
  issues: SigningIssue[],
): void {
  const value = signer.attributes.find(({ type }) => type === CDHASHES_PLIST)?.values[0];
  const node = value === undefined ? null : readDerNode(value);
  if (node === null) {
    if (codeDirectories.length > 1) {
      const detail = 'several code directories, of which the signer vouches for the first alone';
      issues.push(issue('cdhashes-mismatch', true, detail));
    }
    return;
  }
  const listed = itemsAt(readPlist(octets(node)).value, 'cdhashes').map((item) => dataAt(item));
  const unknown = codeDirectories.filter(
    ({ cdHash }) => cdHash !== null && !listed.some((hash) => hash !== null && toLowerHex(hash) === cdHash),
  );
  if (unknown.length > 0) {
    const types = unknown.map(({ hashType }) => hashType).join(', ');
    issues.push(issue('cdhashes-mismatch', true, `the signer does not list the code directory of ${types}`));
  }
}

function toLowerHex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 20), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Apple writes the team into the subject's OU; only developers' certificates have one of ten characters. */
function teamOf(certificate: Certificate | undefined): string | null {
  return /(?:^|,)OU=([A-Z0-9]{10})(?:,|$)/.exec(certificate?.subject ?? '')?.[1] ?? null;
}

function same(a: Uint8Array | null, b: Uint8Array | undefined): boolean {
  return a !== null && b !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]);
}
