import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { fieldOf, readJsonRecords, stringField } from './json-records.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * androidqf's `packages.json`: `{name, files: [{path, sha256, certificate: {Sha256}, …}], installer, uid, disabled, system,
 * third_party}`. The base APK is the file named `base.apk`, else the first; signers are the certificates of all files.
 */
export function readAndroidqfPackages(builder: EvidenceBuilder, file: string, bytes: Uint8Array): void {
  const { records, complete } = readJsonRecords(bytes);
  let count = 0;
  for (const { value, line } of records) {
    const name = stringField(value, 'name');
    if (name === null || name === '' || name.length > 300) continue;
    count += 1;
    const files = fieldOf(value, 'files');
    const list: readonly unknown[] = Array.isArray(files) ? files : [];
    const base = list.find((entry) => stringField(entry, 'path')?.endsWith('/base.apk') === true) ?? list[0];
    const sha256 = lowerHash(stringField(base, 'sha256'));
    const signers = new Set<string>();
    for (const entry of list) {
      const certificate = fieldOf(entry, 'certificate');
      const digest = lowerHash(stringField(certificate, 'Sha256') ?? stringField(certificate, 'sha256'));
      if (digest !== null) signers.add(digest);
    }
    builder.app({
      package: name,
      installer: installerOf(stringField(value, 'installer')),
      system: fieldOf(value, 'system') === true,
      enabled: fieldOf(value, 'disabled') !== true,
      sha256,
      signers: [...signers].slice(0, 20),
      rawRef: line === undefined ? `${file}#${name}` : `${file}:${line}`,
    });
  }
  if (count > 0 && complete) builder.inventoryRead({ file });
  if (count > 0 && !complete) {
    builder.diagnose({
      id: 'androidqf.packages.partial',
      level: 'warning',
      message: 'Part of the list of packages could not be read.',
      where: file,
    });
  }
  if (count === 0) builder.denied('packages', 'the list of packages is empty or not JSON', { file });
}

function lowerHash(text: string | null): string | null {
  const hash = text?.toLowerCase() ?? '';
  return SHA256.test(hash) ? hash : null;
}

function installerOf(text: string | null): string | null {
  if (text === null || text === '' || text === 'null' || isDenial(text)) return null;
  return text.slice(0, 300);
}
