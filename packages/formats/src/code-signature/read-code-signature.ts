/**
 * Apple's embedded code signature (xnu, osfmk/kern/cs_blobs.h): what LC_CODE_SIGNATURE points at. This reads what it claims;
 * `verifyCodeSignature` says what of it holds. Deliberately not supported: the language of requirements, detached
 * signatures, scatter vectors.
 */
import { createDiagnostics, type Host } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import type { PlistValue } from '../plist/plist-value.ts';
import { readPlist } from '../plist/read-plist.ts';
import { samePlist } from '../plist/same-plist.ts';
import { BLOB, readSuperBlob, SLOT } from './blob.ts';
import { CS, chooseCodeDirectory, readCodeDirectories } from './code-directory.ts';
import { readDerEntitlements } from './der-entitlements.ts';
import type { CodeSignature, SignatureBlob } from './signature-model.ts';

/** Bytes of entitlements read; those of real apps have some thousand. */
const MAX_ENTITLEMENTS = 4 * 1024 * 1024;

/** Reads the bytes of a code signature. The value is null when there is no SuperBlob. */
export function readCodeSignature(bytes: Uint8Array, host: Host): Parsed<CodeSignature | null> {
  const diagnostics = createDiagnostics();
  const blobs = readSuperBlob(bytes, diagnostics);
  if (diagnostics.has('code-signature.malformed')) return { value: null, diagnostics: diagnostics.list() };
  const codeDirectories = readCodeDirectories(blobs, host, diagnostics);
  const chosen = chooseCodeDirectory(codeDirectories);
  const first = codeDirectories[0];
  if (chosen === null) diagnostics.error('code-signature.no-directory', 'the signature has no code directory');
  else if (codeDirectories.length > 1) {
    const types = codeDirectories.map(({ hashType }) => hashType).join(', ');
    const message = `code directories of ${types}; the platform goes by ${chosen.hashType}`;
    diagnostics.note('code-signature.directories', message);
    // Honest tools write the same claims with several hashes.
    const odd = codeDirectories.some(
      (other) =>
        other.identifier !== first?.identifier || other.teamId !== first.teamId || other.codeLimit !== first.codeLimit,
    );
    if (odd) {
      diagnostics.warning('code-signature.directories.differ', 'code directories that make different claims');
    }
  }
  const find = (slot: number, magic: number): Uint8Array | null =>
    blobs.find((blob) => blob.slot === slot && blob.magic === magic)?.bytes ?? null;
  const entitlements = readEntitlements(blobs, diagnostics);
  const cms = find(SLOT.SIGNATURE, BLOB.WRAPPER)?.subarray(8) ?? null;
  if (chosen !== null && (chosen.flags & CS.ADHOC) !== 0) {
    diagnostics.note('code-signature.ad-hoc', 'signed ad hoc: hashes alone, nobody answers for them');
  }
  const value: CodeSignature = {
    blobs,
    codeDirectories,
    chosen,
    entitlements,
    requirements: find(SLOT.REQUIREMENTS, BLOB.REQUIREMENTS),
    cms: cms === null || cms.length === 0 ? null : cms,
  };
  return { value, diagnostics: diagnostics.list() };
}

function readEntitlements(
  blobs: readonly SignatureBlob[],
  diagnostics: ReturnType<typeof createDiagnostics>,
): CodeSignature['entitlements'] {
  const content = (slot: number, magic: number): Uint8Array | null =>
    blobs.find((blob) => blob.slot === slot && blob.magic === magic)?.bytes.subarray(8, MAX_ENTITLEMENTS) ?? null;
  const xmlBytes = content(SLOT.ENTITLEMENTS, BLOB.ENTITLEMENTS);
  const derBytes = content(SLOT.ENTITLEMENTS_DER, BLOB.ENTITLEMENTS_DER);
  let xml: PlistValue | null = null;
  if (xmlBytes !== null) {
    const read = readPlist(xmlBytes);
    diagnostics.addAll(read.diagnostics, 'entitlements');
    xml = read.value;
  }
  const der = derBytes === null ? null : readDerEntitlements(derBytes);
  if (derBytes !== null && der === null) {
    diagnostics.error('code-signature.entitlements.der', 'entitlements in DER that cannot be read');
  }
  const agree = xml === null || der === null ? null : samePlist(xml, der);
  if (agree === false) {
    const message = 'entitlements in XML and in DER say different things; since iOS 15 the platform goes by DER';
    diagnostics.error('code-signature.entitlements.differ', message);
  }
  return { xml, der, agree };
}
