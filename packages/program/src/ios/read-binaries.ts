import type { Diagnostics, Host } from '@vedette/bytes';
import {
  type CodeSignature,
  type CodeSignatureVerdict,
  isMachO,
  type MachOFile,
  readCodeSignature,
  readMachO,
  type SealedFiles,
  verifyCodeSignature,
  type ZipArchive,
  type ZipEntry,
} from '@vedette/formats';
import type { IosBinary, IosBundle } from './ios-app.ts';
import type { IosAppLimits } from './limits.ts';

/** A binary and what it was read from. */
export interface FoundBinary {
  readonly entry: ZipEntry;
  readonly file: MachOFile | null;
}

const PEEK = 64;

/** Every Mach-O file under `root`, by content and not by name. What a budget leaves out is there without a file. */
export function findBinaries(
  zip: ZipArchive,
  root: string,
  limits: IosAppLimits,
  diagnostics: Diagnostics,
): readonly FoundBinary[] {
  const found: FoundBinary[] = [];
  let bytesLeft = limits.maxBinaryBytes;
  const seen = new Set<string>();
  for (const entry of zip.entries) {
    if (!entry.name.startsWith(root) || entry.name.endsWith('/') || seen.has(entry.name)) continue;
    seen.add(entry.name);
    if (!isMachO(entry.read(PEEK).value)) continue;
    const where = entry.name;
    if (found.length >= limits.maxBinaries || entry.size > bytesLeft) {
      diagnostics.error('budget.bytes', 'a Mach-O file that was not read: the budget for binaries is spent', { where });
      found.push({ entry, file: null });
      continue;
    }
    const content = entry.read();
    diagnostics.addAll(content.diagnostics);
    bytesLeft -= content.value.length;
    const { value, diagnostics: noticed } = readMachO(content.value);
    diagnostics.addAll(noticed, where);
    found.push({ entry, file: value });
  }
  return found;
}

/** A binary with the verdict on the signature of each slice. */
export function judgeBinary(
  { entry, file }: FoundBinary,
  bundle: { readonly role: IosBinary['role']; readonly files: SealedFiles },
  host: Host,
  diagnostics: Diagnostics,
): IosBinary {
  const signatures = (file?.slices ?? []).map(
    (slice): { readonly signature: CodeSignature | null; readonly verdict: CodeSignatureVerdict } => {
      const place = slice.codeSignature;
      const bytes = place === null ? null : slice.bytes.subarray(place.offset, place.offset + place.size);
      const read = bytes === null ? null : readCodeSignature(bytes, host);
      if (read !== null) diagnostics.addAll(read.diagnostics, entry.name);
      const signature = read?.value ?? null;
      const signatureOffset = place?.offset ?? slice.bytes.length;
      const verdict = verifyCodeSignature(signature, { bytes: slice.bytes, signatureOffset }, bundle.files, host);
      if (place === null || signature !== null) return { signature, verdict };
      const detail = 'there is a load command for a signature, but no signature where it leads';
      return {
        signature,
        verdict: { ...verdict, state: 'broken', issues: [{ code: 'malformed', breaks: true, detail }] },
      };
    },
  );
  return {
    path: entry.name,
    size: entry.size,
    file,
    role: bundle.role,
    codeUnreadable: file?.slices.some(({ codeUnreadable }) => codeUnreadable) ?? false,
    signatures,
  };
}

/** The bundle whose executable this is; undefined for libraries and other code. */
export function bundleOf<B extends Pick<IosBundle, 'executable'>>(path: string, bundles: readonly B[]): B | undefined {
  return bundles.find(({ executable }) => executable === path);
}
