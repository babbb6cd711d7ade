import type { HashAlgorithm, Host } from '@vedette/bytes';
import type { IssueList } from './apk-issue.ts';
import { digestsToVerify, type SdkRange } from './jar-digests.ts';
import { type JarSection, jarAttribute, readJarManifest } from './jar-manifest.ts';
import { equalBytes } from './prefixed.ts';

export interface SignatureFileContext extends SdkRange {
  readonly host: Host;
  readonly supported: ReadonlySet<number>;
  readonly found: ReadonlySet<number>;
  readonly manifestBytes: Uint8Array;
  readonly main: JarSection;
  /** Sections of the manifest by name. */
  readonly sections: ReadonlyMap<string, JarSection>;
}

export interface SignatureFileResult {
  /** Names of the entries that it covers; null when it does not hold. */
  readonly entries: ReadonlySet<string> | null;
  /** The platform does as if this signer were not there. */
  readonly ignored: boolean;
}

const NOUGAT = 24;

/** Verifies a signature file (`.SF`) against the manifest (apksig, verifySigFileAgainstManifest). */
export function verifySignatureFile(
  bytes: Uint8Array,
  { fileName, issues }: { readonly fileName: string; readonly issues: IssueList },
  context: SignatureFileContext,
): SignatureFileResult {
  const file = readJarManifest(bytes);
  const ignored = (): SignatureFileResult => ({ entries: null, ignored: true });
  const failed = (): SignatureFileResult => ({ entries: null, ignored: false });
  if (!file.complete) {
    issues.error('UNEXPECTED_EXCEPTION', 'too many lines to be read', fileName);
    return failed();
  }
  if (jarAttribute(file.main, 'Signature-Version') === null) {
    issues.error('JAR_SIG_MISSING_VERSION_ATTR_IN_SIG_FILE', 'no Signature-Version: the signer is ignored', fileName);
    return ignored();
  }
  if (context.maxSdk >= NOUGAT) checkStripping(file.main, fileName, context, issues);
  if (issues.hasErrors) return failed();
  // Tools of that name hash sections without their last line end, and the manifest under another attribute.
  const signtool = jarAttribute(file.main, 'Created-By')?.includes('signtool') === true;
  const whole = checkWholeManifest(file.main, { fileName, signtool }, context, issues);
  if (!signtool) checkMainSection(file.main, fileName, context, issues);
  if (issues.hasErrors) return failed();
  const entries = new Set<string>();
  let skip = false;
  for (const [index, section] of file.sections.entries()) {
    const { name } = section;
    if (name === null) {
      issues.error('JAR_SIG_UNNNAMED_SIG_FILE_SECTION', `section ${index + 1} has no name`, fileName);
      return ignored();
    }
    if (entries.has(name)) {
      issues.error('JAR_SIG_DUPLICATE_SIG_FILE_SECTION', `more than one section is called ${name}`, fileName);
      return ignored();
    }
    entries.add(name);
    if (whole) continue;
    const inManifest = context.sections.get(name);
    if (inManifest === undefined) {
      issues.error('JAR_SIG_NO_ZIP_ENTRY_DIGEST_IN_SIG_FILE', `${name} is not in the manifest`, fileName);
      skip = true;
    } else {
      checkSection({ section, inManifest, name, signtool, fileName }, context, issues);
    }
  }
  return { entries, ignored: skip };
}

/** "APK Signature Scheme v2", "Rollback protections": the numbers of further schemes that sign the file. */
function checkStripping(main: JarSection, fileName: string, context: SignatureFileContext, issues: IssueList): void {
  const value = jarAttribute(main, 'X-Android-APK-Signed');
  if (value === null) {
    if (context.found.size > 0) {
      const message = 'does not say that a newer signature is there, so that one could be stripped unseen';
      issues.warning('JAR_SIG_NO_APK_SIG_STRIP_PROTECTION', message, fileName);
    }
    return;
  }
  if (context.supported.size === 0) return;
  const announced = new Set<number>();
  for (const text of value.split(',').slice(0, 100)) {
    if (!/^\s*[-+]?\d{1,9}\s*$/.test(text)) continue;
    const id = Number(text);
    if (context.supported.has(id)) announced.add(id);
    else issues.warning('JAR_SIG_UNKNOWN_APK_SIG_SCHEME_ID', `announces scheme ${id}`, fileName);
  }
  for (const id of announced) {
    if (context.found.has(id)) continue;
    const message = `announces a v${id} signature, which is not there: it was stripped`;
    issues.error('JAR_SIG_MISSING_APK_SIG_REFERENCED', message, fileName);
  }
}

function checkWholeManifest(
  main: JarSection,
  { fileName, signtool }: { readonly fileName: string; readonly signtool: boolean },
  context: SignatureFileContext,
  issues: IssueList,
): boolean {
  const digests = digestsToVerify(main, signtool ? '-Digest' : '-Digest-Manifest', context);
  if (digests.length === 0) {
    issues.warning('JAR_SIG_NO_MANIFEST_DIGEST_IN_SIG_FILE', 'no digest of the whole manifest', fileName);
    return false;
  }
  let holds = true;
  for (const { hash, digest } of digests) {
    if (digest !== null && equalBytes(digestOf(context.host, hash, context.manifestBytes), digest)) continue;
    const message = `the ${hash} digest of the whole manifest differs; its sections count`;
    issues.warning('JAR_SIG_ZIP_ENTRY_DIGEST_DID_NOT_VERIFY', message, fileName);
    holds = false;
  }
  return holds;
}

function checkMainSection(main: JarSection, fileName: string, context: SignatureFileContext, issues: IssueList): void {
  const { manifestBytes, main: inManifest, host } = context;
  for (const { hash, digest } of digestsToVerify(main, '-Digest-Manifest-Main-Attributes', context)) {
    const actual = digestOf(host, hash, manifestBytes.subarray(inManifest.start, inManifest.end));
    if (digest !== null && equalBytes(actual, digest)) continue;
    const message = `the ${hash} digest of the manifest's main section differs`;
    issues.error('JAR_SIG_MANIFEST_MAIN_SECTION_DIGEST_DID_NOT_VERIFY', message, fileName);
  }
}

interface SectionPair {
  readonly section: JarSection;
  readonly inManifest: JarSection;
  readonly name: string;
  readonly signtool: boolean;
  readonly fileName: string;
}

function checkSection(
  { section, inManifest, name, signtool, fileName }: SectionPair,
  context: SignatureFileContext,
  issues: IssueList,
): void {
  const digests = digestsToVerify(section, '-Digest', context);
  if (digests.length === 0) {
    issues.error('JAR_SIG_NO_ZIP_ENTRY_DIGEST_IN_SIG_FILE', `${name} has no digest that all platforms know`, fileName);
    return;
  }
  const { manifestBytes } = context;
  let { end } = inManifest;
  if (signtool && manifestBytes[end - 1] === 0x0a && manifestBytes[end - 2] === 0x0a) end -= 1;
  const bytes = manifestBytes.subarray(inManifest.start, end);
  for (const { hash, digest } of digests) {
    if (digest !== null && equalBytes(digestOf(context.host, hash, bytes), digest)) continue;
    const message = `the ${hash} digest of the manifest's section for ${name} differs`;
    issues.error('JAR_SIG_MANIFEST_SECTION_DIGEST_DID_NOT_VERIFY', message, fileName);
  }
}

function digestOf(host: Host, hash: HashAlgorithm, data: Uint8Array): Uint8Array {
  if (hash === 'sha256') return host.sha256(data);
  return host.signatures?.digest(hash, data) ?? new Uint8Array(0);
}
