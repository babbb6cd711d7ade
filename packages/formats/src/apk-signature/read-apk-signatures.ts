/**
 * Who signed an APK: JAR signatures (v1) and the schemes v2, v3 and v3.1 of the APK Signing Block
 * (source.android.com, "Application signing"), and whether v2 and later signatures hold for the file. Deliberately not
 * supported yet: v4, source stamps, rotation lineages, verification of v1: such a signer is a claim.
 */
import { createDiagnostics, type Diagnostics, type Host, latin1Text, u32At } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { readSignedData } from '../cms/read-signed-data.ts';
import { type Certificate, readCertificate } from '../x509/read-certificate.ts';
import type { ZipArchive } from '../zip/read-zip.ts';
import { type ContentDigests, createContentDigests } from './content-digest.ts';
import { lengthPrefixed, readSigningBlock, V2_BLOCK, V3_BLOCK, V31_BLOCK } from './signing-block.ts';
import { type Verification, verifyBlockSigner } from './verify-block-signer.ts';

export type SignatureScheme = 'v1' | 'v2' | 'v3' | 'v3.1';

export interface ApkSigner {
  readonly scheme: SignatureScheme;
  /** The signer's own certificate: the first of its chain. */
  readonly certificate: Certificate;
  /** Platform versions a v3 signer is for; null for v1 and v2. */
  readonly sdkRange: { readonly min: number; readonly max: number } | null;
  /** `not-checked` for v1, for algorithms that are not supported, and on hosts that cannot verify. */
  readonly verified: Verification;
}

export interface ApkSignatures {
  /** Newest scheme first. */
  readonly signers: readonly ApkSigner[];
  /** Schemes for which anything is there, readable or not. */
  readonly schemes: readonly SignatureScheme[];
}

/** Signature blocks of JAR signing are small; a larger one is cut, and fails as such. */
const MAX_BLOCK_BYTES = 1024 * 1024;
const MAX_MAIN_SECTION = 16 * 1024;
const MAX_SIGNERS = 10;

export function readApkSignatures(bytes: Uint8Array, zip: ZipArchive, host: Host): Parsed<ApkSignatures> {
  const diagnostics = createDiagnostics();
  const signers: ApkSigner[] = [];
  const schemes: SignatureScheme[] = [];
  const block = zip.directoryOffset === null ? null : readSigningBlock(bytes, zip.directoryOffset, diagnostics);
  for (const [id, scheme] of [
    [V31_BLOCK, 'v3.1'],
    [V3_BLOCK, 'v3'],
    [V2_BLOCK, 'v2'],
  ] as const) {
    const pairs = block?.pairs.filter((pair) => pair.id === id) ?? [];
    if (pairs.length > 1)
      diagnostics.warning('apk-signature.block.duplicate', `more than one ${scheme} block; the first counts`);
    const [pair] = pairs;
    if (pair === undefined) continue;
    schemes.push(scheme);
    const digests = createContentDigests(bytes, { blockStart: block?.start ?? 0, zip, host });
    signers.push(...blockSigners(pair.value, { scheme, host, diagnostics, digests }));
  }
  const jar = jarSigners(zip, host, diagnostics);
  for (const scheme of jar.announced) {
    if (schemes.includes(scheme)) continue;
    const message = `the v1 signature announces a ${scheme} signature, which is not there: it was stripped`;
    diagnostics.error('apk-signature.stripped', message);
  }
  if (jar.present) schemes.push('v1');
  signers.push(...jar.signers);
  if (zip.directoryOffset === null) {
    const message = 'the end of the file is missing, and with it the place where signatures stand';
    diagnostics.error('apk-signature.unknown', message);
  } else if (schemes.length === 0) {
    diagnostics.warning('apk-signature.none', 'the file carries no signature of any scheme');
  }
  return { value: { signers, schemes }, diagnostics: diagnostics.list() };
}

interface BlockContext {
  readonly scheme: SignatureScheme;
  readonly host: Host;
  readonly diagnostics: Diagnostics;
  readonly digests: ContentDigests;
}

/** `signers` of a v2 or v3 block: each a signed part (digests, certificates, …), signatures and a public key. */
function blockSigners(value: Uint8Array, context: BlockContext): ApkSigner[] {
  const { scheme, host, diagnostics } = context;
  const place = { where: `${scheme} block` };
  const found: ApkSigner[] = [];
  const [list] = lengthPrefixed(value, 1);
  const records = list === undefined ? [] : lengthPrefixed(list, MAX_SIGNERS + 1);
  if (records.length === 0) diagnostics.error('apk-signature.signers', 'the block names no signer', place);
  if (records.length > MAX_SIGNERS) {
    diagnostics.error(
      'apk-signature.signers',
      `more than ${MAX_SIGNERS} signers: the platform refuses the file`,
      place,
    );
  }
  for (const record of records.slice(0, MAX_SIGNERS)) {
    const [signed] = lengthPrefixed(record, 1);
    const [, chain] = signed === undefined ? [] : lengthPrefixed(signed, 2);
    const [first] = chain === undefined ? [] : lengthPrefixed(chain, 1);
    if (signed === undefined || first === undefined) {
      diagnostics.error('apk-signature.signer', 'a signer carries no certificate', place);
      continue;
    }
    const certificate = readCertificate(first, host);
    diagnostics.addAll(certificate.diagnostics, place.where);
    if (certificate.value === null) continue;
    const range = scheme === 'v2' ? null : sdkRange(record, signed);
    const verdict = verifyBlockSigner(
      { record, signed, certificate: certificate.value, hasSdkRange: range !== null },
      context.digests,
      host,
    );
    if (verdict.verified !== 'verified') {
      const report = verdict.verified === 'failed' ? diagnostics.error : diagnostics.note;
      report(`apk-signature.${verdict.reason}`, verdict.message, place);
    }
    const verified = records.length > MAX_SIGNERS ? 'failed' : verdict.verified;
    found.push({ scheme, certificate: certificate.value, sdkRange: range, verified });
  }
  return found;
}

/** In a v3 signer the range stands outside of the signed part, right behind it. */
function sdkRange(record: Uint8Array, signed: Uint8Array): { min: number; max: number } {
  const at = 4 + signed.length;
  return { min: u32At(record, at), max: u32At(record, at + 4) };
}

const SIGNATURE_BLOCK = /^META-INF\/([^/]+)\.(RSA|DSA|EC)$/i;

interface JarSignatures {
  readonly present: boolean;
  readonly signers: readonly ApkSigner[];
  /** Schemes that the signature files say the APK is signed with too. */
  readonly announced: readonly SignatureScheme[];
}

/** "APK Signature Scheme v2", "Rollback protections": the numbers of further schemes in a signature file. */
const ANNOUNCED_SCHEMES: Readonly<Record<string, SignatureScheme>> = { 2: 'v2', 3: 'v3' };

function announcedSchemes(signatureFile: Uint8Array): SignatureScheme[] {
  const value = /^X-Android-APK-Signed:([^\r\n]*)/im.exec(latin1Text(signatureFile))?.[1] ?? '';
  return value.split(',').flatMap((number) => ANNOUNCED_SCHEMES[number.trim()] ?? []);
}

function jarSigners(zip: ZipArchive, host: Host, diagnostics: Diagnostics): JarSignatures {
  const signers: ApkSigner[] = [];
  const announced: SignatureScheme[] = [];
  const blocks = zip.entries.filter((entry) => SIGNATURE_BLOCK.test(entry.name));
  const present = blocks.length > 0;
  if (blocks.length > MAX_SIGNERS) {
    diagnostics.warning(
      'apk-signature.v1.blocks',
      `${blocks.length} signature blocks; the first ${MAX_SIGNERS} are read`,
    );
  }
  for (const entry of blocks.slice(0, MAX_SIGNERS)) {
    const stem = entry.name.slice(0, entry.name.lastIndexOf('.'));
    const signatureFile = zip.entries.find(({ name }) => name.toUpperCase() === `${stem}.SF`.toUpperCase());
    if (signatureFile === undefined) {
      const message = 'a signature block without its signature file';
      diagnostics.warning('apk-signature.v1.no-sf', message, { where: entry.name });
    } else {
      // The attribute stands in the main section, at the beginning.
      announced.push(...announcedSchemes(signatureFile.read(MAX_MAIN_SECTION).value));
    }
    const data = entry.read(MAX_BLOCK_BYTES);
    diagnostics.addAll(data.diagnostics);
    const block = readSignedData(data.value, host);
    diagnostics.addAll(block.diagnostics, entry.name);
    for (const signer of block.value?.signers ?? []) {
      // A signer whose certificate is not named rightly is still shown with the only one there is.
      const certificate =
        signer.certificate ?? (block.value?.certificates.length === 1 ? block.value.certificates[0] : undefined);
      if (certificate === undefined) {
        diagnostics.error('apk-signature.v1.certificate', "the signer's certificate is not in the block", {
          where: entry.name,
        });
        continue;
      }
      signers.push({ scheme: 'v1', certificate, sdkRange: null, verified: 'not-checked' });
    }
  }
  return { present, signers, announced: [...new Set(announced)] };
}
