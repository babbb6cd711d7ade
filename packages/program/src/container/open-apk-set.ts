import type { Diagnostics, Host } from '@vedette/bytes';
import { readAxml, readZip, type ZipArchive, type ZipEntry, type ZipLimits } from '@vedette/formats';
import { archivePart, type OpenPart } from './open-part.ts';

/** APKs opened of one set; real ones have up to some 120 (languages, densities, ABIs, features). */
const MAX_PARTS = 512;
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

/**
 * The APKs in an archive of several: APKS of bundletool (`splits/`, with `standalones/` for old devices beside them), XAPK,
 * APKM, or just a ZIP. The base comes first; where there is none, all are splits and a diagnostic says so.
 */
export function openApkSet(zip: ZipArchive, host: Host, limits: ZipLimits, diagnostics: Diagnostics): OpenPart[] {
  const opened: OpenPart[] = [];
  const packages = new Map<string, string>();
  for (const entry of chosenApks(zip, diagnostics)) {
    if (opened.length >= MAX_PARTS) {
      diagnostics.error('budget.entries', `APKs behind the first ${MAX_PARTS} were not read`, { where: entry.name });
      break;
    }
    const part = openApk(entry, host, limits, diagnostics);
    if (part === null) continue;
    const { packageName, part: found } = part;
    packages.set(found.path, packageName);
    opened.push(found);
  }
  const bases = opened.filter(({ role }) => role === 'base');
  const [base] = bases;
  if (base === undefined) {
    diagnostics.error('container.set.no-base', 'none of the APKs is a base: an installer refuses the set');
    return opened;
  }
  for (const other of bases.slice(1)) {
    const message = 'a second APK that is no split: an installer refuses the set; only the first was read';
    diagnostics.warning('container.set.several-bases', message, { where: other.path });
  }
  const expected = packages.get(base.path) ?? '';
  const splits = opened.filter(({ role }) => role === 'split');
  for (const { path } of splits) {
    const own = packages.get(path) ?? '';
    if (own === expected) continue;
    const message = `the split is of ${own || 'no package'}, the base of ${expected}: an installer refuses the set`;
    diagnostics.warning('container.set.other-package', message, { where: path });
  }
  reportTwins(splits, diagnostics);
  return [base, ...splits];
}

/** Of bundletool's sets those for present devices; standalone APKs hold the same app again, for devices below Android 5. */
function chosenApks(zip: ZipArchive, diagnostics: Diagnostics): ZipEntry[] {
  const apks = zip.entries.filter(({ name }) => /\.apk$/i.test(name));
  const splits = apks.filter(({ name }) => name.startsWith('splits/') || name.startsWith('asset-slices/'));
  if (splits.length === 0 || !apks.some(({ name }) => name.startsWith('standalones/'))) return apks;
  const left = apks.length - splits.length;
  diagnostics.note('container.set.standalones', `${left} APKs for old devices hold the same app again; not read`);
  return splits;
}

function openApk(
  entry: ZipEntry,
  host: Host,
  limits: ZipLimits,
  diagnostics: Diagnostics,
): { part: OpenPart; packageName: string } | null {
  const data = entry.read();
  diagnostics.addAll(data.diagnostics);
  const { value: zip, diagnostics: noticed } = readZip(data.value, host, limits);
  diagnostics.addAll(noticed, entry.name);
  if (zip === null) return null;
  const manifest = zip.find('AndroidManifest.xml');
  const root = manifest === undefined ? null : readAxml(manifest.read(MAX_MANIFEST_BYTES).value).value;
  const attribute = (name: string): string =>
    root?.attributes.find((each) => each.name === name && each.namespace === null)?.value ?? '';
  const name = attribute('split');
  const role = root !== null && name === '' ? 'base' : 'split';
  const archive = { bytes: data.value, zip };
  return { part: archivePart(archive, { path: entry.name, role, name }), packageName: attribute('package') };
}

function reportTwins(splits: readonly OpenPart[], diagnostics: Diagnostics): void {
  const seen = new Set<string>();
  for (const { name, path } of splits) {
    if (seen.has(name)) {
      const message = `a second split called "${name.slice(0, 60)}": an installer refuses the set`;
      diagnostics.warning('container.set.duplicate-split', message, { where: path });
    }
    seen.add(name);
  }
}
