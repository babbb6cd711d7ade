import type { Diagnostics, Host } from '@vedette/bytes';
import {
  type CodeSignatureVerdict,
  readSealedResources,
  type SigningIssue,
  type SigningState,
  verifyResources,
  type ZipArchive,
} from '@vedette/formats';
import type { IosBinary, IosBundle, IosBundleSigning } from './ios-app.ts';

export interface BundleSource {
  readonly zip: ZipArchive;
  readonly host: Host;
  readonly maxPlistBytes: number;
  readonly diagnostics: Diagnostics;
}

/** What holds of one bundle: its executable's signature, and the seal over its files. */
export function bundleSigning(
  bundle: Omit<IosBundle, 'signing'>,
  binary: IosBinary | undefined,
  source: BundleSource,
): IosBundleSigning {
  const issues: SigningIssue[] = [];
  const add = (code: SigningIssue['code'], breaks: boolean, detail: string, where = bundle.path): void => {
    issues.push({ code, breaks, detail, where });
  };
  const seal = source.zip.find(`${bundle.path}_CodeSignature/CodeResources`);
  const verdicts = binary?.signatures.map(({ verdict }) => verdict) ?? [];
  const signed = verdicts.filter(({ state }) => state !== 'unsigned');
  if (bundle.info === null)
    add('bundle-info-missing', true, 'code without a readable Info.plist, which no signature can hold for');
  if (binary === undefined) {
    const named = bundle.executable;
    add(
      'bundle-executable-missing',
      seal !== undefined,
      named === null ? 'no executable is named' : 'the executable is not there or no Mach-O file',
      named ?? bundle.path,
    );
  }
  for (const verdict of verdicts) {
    for (const issue of verdict.issues)
      issues.push({ ...issue, where: `${binary?.path ?? ''}${issue.where === undefined ? '' : `: ${issue.where}`}` });
    if (verdict.identifier !== null && bundle.bundleId !== null && verdict.identifier !== bundle.bundleId) {
      // Only a claim of the signature; Info.plist itself is sealed.
      add('bundle-id-mismatch', false, `signed as ${verdict.identifier}, Info.plist says ${bundle.bundleId}`);
    }
  }
  if (binary !== undefined && binary.file === null)
    add('resource-not-checked', false, 'the executable was not read', binary.path);
  const resources = seal === undefined ? null : sealOf(bundle, seal.name, source, issues);
  if (seal === undefined && signed.length > 0)
    add('resources-missing', true, 'a signed bundle without _CodeSignature/CodeResources');
  if (seal === undefined && verdicts.length === 0 && !issues.some(({ code }) => code === 'unsigned')) {
    add('unsigned', true, 'there is no code signature');
  }
  const [first] = signed;
  return {
    state: stateOf(issues, verdicts, seal !== undefined),
    issues,
    teamId: first?.teamId ?? null,
    signingTime: first?.signingTime ?? null,
    sealedFiles: resources?.sealedFiles ?? 0,
    verifiedFiles: resources?.verifiedFiles ?? 0,
  };
}

function sealOf(
  bundle: Omit<IosBundle, 'signing'>,
  seal: string,
  { zip, host, maxPlistBytes, diagnostics }: BundleSource,
  issues: SigningIssue[],
): { readonly sealedFiles: number; readonly verifiedFiles: number } | null {
  const content = zip.find(seal)?.read(maxPlistBytes);
  const read = content === undefined ? null : readSealedResources(content.value);
  if (read !== null) diagnostics.addAll(read.diagnostics, seal);
  if (read === null || read.value === null) {
    issues.push({ code: 'resources-malformed', breaks: true, detail: 'CodeResources cannot be read', where: seal });
    return null;
  }
  const inside = zip.entries.filter(({ name }) => name.startsWith(bundle.path) && !name.endsWith('/'));
  const verdict = verifyResources(
    read.value,
    {
      files: inside.map(({ name }) => name.slice(bundle.path.length)),
      executable: bundle.executable?.slice(bundle.path.length) ?? null,
      read(path) {
        const data = zip.find(bundle.path + path)?.read();
        return data === undefined || data.diagnostics.some(({ level }) => level === 'error') ? null : data.value;
      },
    },
    host,
  );
  for (const issue of verdict.issues) {
    issues.push(issue.where === undefined ? issue : { ...issue, where: bundle.path + issue.where });
  }
  return verdict;
}

/** Without any signature a bundle is unsigned, unless something about it could not be signed at all. */
function stateOf(
  issues: readonly SigningIssue[],
  verdicts: readonly CodeSignatureVerdict[],
  sealed: boolean,
): SigningState {
  const broken = issues.some(({ code, breaks }) => breaks && code !== 'unsigned');
  if (broken) return 'broken';
  const isSigned = sealed || verdicts.some(({ state }) => state !== 'unsigned');
  if (!isSigned) return 'unsigned';
  if (issues.some(({ code }) => code === 'unsigned')) return 'broken';
  const open = ['resource-not-checked', 'hash-unsupported', 'cms-not-checked'];
  if (issues.some(({ code }) => open.includes(code))) return 'not-checked';
  return verdicts.some(({ state }) => state === 'ad-hoc') ? 'ad-hoc' : 'verified';
}
