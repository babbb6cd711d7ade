/**
 * JAR signatures (v1) as Android judges them, which is not quite the JAR File Specification's way: entries in META-INF are
 * not protected, all others must be signed by the same signers (AOSP, StrictJarVerifier; apksig, V1SchemeVerifier).
 */
import type { ZipArchive, ZipEntry } from '../zip/read-zip.ts';
import { type ApkIssue, createIssueList, type IssueList } from './apk-issue.ts';
import { type JarManifest, type JarSection, readJarManifest } from './jar-manifest.ts';
import type { SchemeResult, SchemeSigner } from './scheme-result.ts';
import { type JarContext, type JarSigner, readWhole, verifyEntries } from './verify-jar-entries.ts';
import { verifyJarBlock } from './verify-jar-signer.ts';
import { type SignatureFileContext, verifySignatureFile } from './verify-signature-file.ts';

const MAX_SIGNERS = 10;
const MANIFEST = 'META-INF/MANIFEST.MF';
/** Signature blocks and files of real apps have less than 3 MiB; larger ones are cut, and fail as such. */
const MAX_BLOCK_BYTES = 1024 * 1024;
const MAX_TEXT_BYTES = 32 * 1024 * 1024;
/** Of all signature files together: they are held until the manifest has been read. */
const MAX_TOTAL_TEXT = 64 * 1024 * 1024;

export interface JarSignatureEntries {
  readonly manifest: ZipEntry | undefined;
  /** By upper-case path. */
  readonly files: ReadonlyMap<string, ZipEntry>;
  readonly blocks: readonly ZipEntry[];
}

/**
 * The entries that make a JAR signature. Behind `META-INF/` the platform takes names in any case (AOSP, StrictJarVerifier,
 * `addMetaEntry`), and of several that differ in case the last; apksig takes upper case alone.
 */
export function jarSignatureEntries(zip: ZipArchive): JarSignatureEntries {
  const all = new Map<string, ZipEntry>();
  for (const entry of zip.entries) if (entry.name.startsWith('META-INF/')) all.set(entry.name.toUpperCase(), entry);
  const files = new Map<string, ZipEntry>();
  const blocks: ZipEntry[] = [];
  for (const [path, entry] of all) {
    if (path.endsWith('.SF')) files.set(path, entry);
    else if (/\.(RSA|DSA|EC)$/.test(path)) blocks.push(entry);
  }
  return { manifest: all.get(MANIFEST), files, blocks };
}

/** Verifies the JAR signature for all platforms of the range. Costs the inflating of every entry. */
export function verifyJarSignature(zip: ZipArchive, context: JarContext): SchemeResult {
  const issues = createIssueList('v1');
  const signers: JarSigner[] = [];
  const used = verifySteps(zip, context, issues, signers);
  const verified = used !== null && !issues.hasErrors && used.every((signer) => !signer.issues.hasErrors);
  const unread = issues.list().some(({ code }) => code === 'UNEXPECTED_EXCEPTION');
  const found = signers.map((signer): SchemeSigner => {
    const told = toSchemeSigner(signer, verified && used.includes(signer));
    return unread && signer.block.verified === 'verified' ? { ...told, verified: 'not-checked' } : told;
  });
  const all = signers.flatMap((signer) => {
    const list = signer.issues.list();
    // The platform does as if a signer were not there whose signature file does not hold, if others do.
    const ignored = verified && !used.includes(signer);
    return ignored ? list.map((issue): ApkIssue => ({ ...issue, level: 'warning' })) : list;
  });
  return { scheme: 'v1', verified, signers: found, lineage: null, issues: [...issues.list(), ...all] };
}

function toSchemeSigner({ name, block }: JarSigner, holds: boolean): SchemeSigner {
  const verified = holds ? 'verified' : block.verified === 'not-checked' ? 'not-checked' : 'failed';
  const { certificate, certificates, digestAlgorithm } = block;
  const facts = { sdkRange: null, lineage: null, contentDigests: [], digestAlgorithm };
  return { scheme: 'v1', name, certificate, certificates, verified, ...facts };
}

/** The signers that sign all entries; null as soon as a step fails. Signers are listed as they are found. */
function verifySteps(
  zip: ZipArchive,
  context: JarContext,
  issues: IssueList,
  signers: JarSigner[],
): readonly JarSigner[] | null {
  const names = entryNames(zip, issues);
  const { manifest: manifestEntry, files, blocks } = jarSignatureEntries(zip);
  if (manifestEntry === undefined) issues.error('JAR_SIG_NO_MANIFEST', `there is no ${MANIFEST}`);
  signers.push(...readSigners(files, blocks, context, issues));
  if (manifestEntry === undefined || issues.hasErrors) return null;
  const manifestBytes = readWhole(manifestEntry, MAX_TEXT_BYTES, issues);
  const manifest = readJarManifest(manifestBytes);
  if (!manifest.complete) issues.error('UNEXPECTED_EXCEPTION', 'the manifest has too many lines to be read');
  const sections = manifestSections(manifest, names, issues);
  if (issues.hasErrors) return null;
  if (signers.length === 0) {
    issues.error('JAR_SIG_NO_SIGNATURES', 'there is no signature block with its signature file');
    return null;
  }
  if (signers.some((signer) => signer.issues.hasErrors)) return null;
  const fileContext: SignatureFileContext = { ...context, manifestBytes, main: manifest.main, sections };
  const remaining: JarSigner[] = [];
  for (const signer of signers) {
    const outcome = verifySignatureFile(signer.signatureFile, signer, fileContext);
    signer.entries = outcome.entries;
    if (!outcome.ignored) remaining.push(signer);
  }
  if (remaining.some((signer) => signer.issues.hasErrors)) return null;
  if (remaining.length === 0) {
    issues.error('JAR_SIG_NO_SIGNATURES', 'no signature file holds');
    return null;
  }
  const used = verifyEntries(zip, sections, { ...context, signers: remaining }, issues);
  if (issues.hasErrors) return null;
  const signatureNames = new Set([
    manifestEntry.name,
    ...used.flatMap(({ blockName, fileName }) => [blockName, fileName]),
  ]);
  for (const { name } of zip.entries) {
    if (!name.startsWith('META-INF/') || name.endsWith('/') || signatureNames.has(name)) continue;
    issues.warning('JAR_SIG_UNPROTECTED_ZIP_ENTRY', `${name} can be changed without breaking the signature`);
  }
  return used;
}

function entryNames(zip: ZipArchive, issues: IssueList): ReadonlySet<string> {
  const names = new Set<string>();
  const duplicates = new Set<string>();
  for (const { name } of zip.entries) {
    if (names.has(name) && !duplicates.has(name)) {
      duplicates.add(name);
      issues.error('JAR_SIG_DUPLICATE_ZIP_ENTRY', `more than one entry is called ${name}`);
    }
    names.add(name);
  }
  return names;
}

function readSigners(
  files: ReadonlyMap<string, ZipEntry>,
  blocks: readonly ZipEntry[],
  context: JarContext,
  issues: IssueList,
): readonly JarSigner[] {
  const pairs = blocks.flatMap((block) => {
    const fileName = `${block.name.slice(0, block.name.lastIndexOf('.'))}.SF`;
    const file = files.get(fileName.toUpperCase());
    if (file === undefined) issues.warning('JAR_SIG_MISSING_FILE', `${block.name} without ${fileName}`);
    return file === undefined ? [] : [{ block, file }];
  });
  if (pairs.length > MAX_SIGNERS) {
    issues.error(
      'JAR_SIG_MAX_SIGNATURES_EXCEEDED',
      `${pairs.length} signature blocks, at most ${MAX_SIGNERS} are allowed`,
    );
  }
  let textLeft = MAX_TOTAL_TEXT;
  return pairs.slice(0, MAX_SIGNERS).map(({ block, file }) => {
    const own = createIssueList('v1');
    const signatureFile = readWhole(file, Math.min(MAX_TEXT_BYTES, textLeft), issues);
    textLeft = Math.max(1, textLeft - signatureFile.length);
    const source = { name: block.name, block: readWhole(block, MAX_BLOCK_BYTES, issues), signatureFile };
    const name = block.name.slice('META-INF/'.length);
    const result = verifyJarBlock(source, context, context.host, own);
    return {
      name,
      blockName: block.name,
      fileName: file.name,
      signatureFile,
      block: result,
      issues: own,
      entries: null,
    };
  });
}

function manifestSections(
  manifest: JarManifest,
  names: ReadonlySet<string>,
  issues: IssueList,
): ReadonlyMap<string, JarSection> {
  const sections = new Map<string, JarSection>();
  for (const [index, section] of manifest.sections.entries()) {
    const { name } = section;
    if (name === null) {
      issues.error('JAR_SIG_UNNNAMED_MANIFEST_SECTION', `section ${index + 1} of the manifest has no name`);
    } else if (sections.has(name)) {
      issues.error('JAR_SIG_DUPLICATE_MANIFEST_SECTION', `more than one section is called ${name}`);
    } else if (!names.has(name)) {
      issues.error('JAR_SIG_MISSING_ZIP_ENTRY_REFERENCED_IN_MANIFEST', `there is no entry ${name}`);
    }
    if (name !== null) sections.set(name, section);
  }
  return sections;
}
