import type { HashAlgorithm, Host } from '@vedette/bytes';
import type { ZipArchive, ZipEntry } from '../zip/read-zip.ts';
import type { IssueList } from './apk-issue.ts';
import { digestsToVerify, type NamedDigest, type SdkRange } from './jar-digests.ts';
import type { JarSection } from './jar-manifest.ts';
import { equalBytes } from './prefixed.ts';
import type { JarBlockResult } from './verify-jar-signer.ts';

export interface JarContext extends SdkRange {
  readonly host: Host;
  /** Numbers of newer schemes that platforms of the range know, and of those that were found. */
  readonly supported: ReadonlySet<number>;
  readonly found: ReadonlySet<number>;
}

export interface JarSigner {
  readonly name: string;
  readonly blockName: string;
  readonly fileName: string;
  readonly signatureFile: Uint8Array;
  readonly block: JarBlockResult;
  readonly issues: IssueList;
  /** Names of entries in the signature file; null until it holds. */
  entries: ReadonlySet<string> | null;
}

/** An entry's data; what cannot be read whole is a fault of the file. */
export function readWhole(entry: ZipEntry, maxBytes: number | undefined, issues: IssueList): Uint8Array {
  const { value, diagnostics } = entry.read(maxBytes);
  const fault = diagnostics.find(({ level }) => level === 'error');
  // What was not read is not the file's fault: nobody can say yet whether it is right.
  if (fault !== undefined && /^(budget\.|zip\.bomb)/.test(fault.id))
    issues.error('UNEXPECTED_EXCEPTION', `${entry.name} was not read: ${fault.message}`);
  else if (fault !== undefined) issues.error('MALFORMED_APK', `${entry.name}: ${fault.message}`);
  else if (maxBytes !== undefined && value.length >= maxBytes)
    issues.error('MALFORMED_APK', `${entry.name} is larger than ${maxBytes} bytes`);
  return value;
}

/**
 * Compares the entries with the manifest: all outside of META-INF must be in it, with a digest that holds, and signed by
 * the same signers, which are given.
 */
export function verifyEntries(
  zip: ZipArchive,
  sections: ReadonlyMap<string, JarSection>,
  context: JarContext & { readonly signers: readonly JarSigner[] },
  issues: IssueList,
): readonly JarSigner[] {
  let first: readonly JarSigner[] | null = null;
  for (const entry of zip.entries.toSorted((a, b) => a.localOffset - b.localOffset)) {
    const { name } = entry;
    if (name.startsWith('META-INF/') || name.endsWith('/')) continue;
    const section = sections.get(name);
    if (section === undefined) {
      issues.error('JAR_SIG_NO_ZIP_ENTRY_DIGEST_IN_MANIFEST', `${name} is not in the manifest`);
      continue;
    }
    const signers = context.signers.filter(({ entries }) => entries?.has(name) === true);
    if (signers.length === 0) {
      issues.error('JAR_SIG_ZIP_ENTRY_NOT_SIGNED', `${name} is in no signature file`);
      continue;
    }
    first ??= signers;
    if (signers.length !== first.length || signers.some((signer, index) => signer !== first?.[index])) {
      issues.error('JAR_SIG_ZIP_ENTRY_SIGNERS_MISMATCH', `${name} is signed by others than the entries before`);
      continue;
    }
    const digests = digestsToVerify(section, '-Digest', context);
    if (digests.length === 0) {
      issues.error('JAR_SIG_NO_ZIP_ENTRY_DIGEST_IN_MANIFEST', `${name} has no digest that all platforms know`);
      continue;
    }
    checkEntry(entry, digests, context.host, issues);
  }
  if (first === null) issues.error('JAR_SIG_NO_SIGNED_ZIP_ENTRIES', 'nothing in the file is signed');
  return first ?? [];
}

function checkEntry(entry: ZipEntry, digests: readonly NamedDigest[], host: Host, issues: IssueList): void {
  const data = readWhole(entry, undefined, issues);
  for (const { hash, digest } of digests) {
    if (digest !== null && equalBytes(digestOf(host, hash, data), digest)) continue;
    issues.error(
      'JAR_SIG_ZIP_ENTRY_DIGEST_DID_NOT_VERIFY',
      `${entry.name}: the ${hash} digest in the manifest differs`,
    );
  }
}

function digestOf(host: Host, hash: HashAlgorithm, data: Uint8Array): Uint8Array {
  if (hash === 'sha256') return host.sha256(data);
  return host.signatures?.digest(hash, data) ?? new Uint8Array(0);
}
