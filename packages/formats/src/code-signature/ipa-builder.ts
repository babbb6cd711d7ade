import type { Host } from '@vedette/bytes';
import { buildMachO, type MachOSpec } from '../mach-o/mach-o-builder.ts';
import { buildXmlPlist, type PlistSpec } from '../plist/plist-builder.ts';
import { buildZip, type ZipEntrySpec, type ZipOptions } from '../zip/zip-builder.ts';
import { type CodeSigningSpec, codeSigning } from './code-signature-builder.ts';

export interface BundleSpec {
  /** Info.plist in plain values; bytes as they are; null leaves it out. Default: identifier, version and executable. */
  readonly info?: { readonly [key: string]: PlistSpec } | Uint8Array | null;
  readonly bundleId?: string;
  readonly executable?: string;
  /** The executable; null leaves it out. */
  readonly machO?: MachOSpec | null;
  /** Signs the executable and seals the files; left out, the bundle is unsigned. */
  readonly signing?: Omit<CodeSigningSpec, 'infoPlist' | 'codeResources' | 'host'>;
  /** Further files by path, nested bundles' among them. They are sealed. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  /** Files that are put in after signing. */
  readonly unsealed?: Readonly<Record<string, Uint8Array | string>>;
}

/** All files of a bundle by path relative to it. */
export function buildBundle(spec: BundleSpec, host: Host): Readonly<Record<string, Uint8Array>> {
  const executable = spec.executable ?? 'Sample';
  const bundleId = spec.bundleId ?? 'com.example.app';
  const files: Record<string, Uint8Array> = {};
  const { info = {} } = spec;
  if (info !== null) {
    files['Info.plist'] =
      info instanceof Uint8Array
        ? info
        : buildXmlPlist({
            CFBundleIdentifier: bundleId,
            CFBundleExecutable: executable,
            CFBundleShortVersionString: '1.0',
            CFBundleVersion: '1',
            MinimumOSVersion: '15.0',
            ...info,
          });
  }
  for (const [path, content] of Object.entries(spec.files ?? {})) files[path] = bytesOf(content);
  let machO = spec.machO ?? {};
  if (spec.signing !== undefined) {
    const codeResources = buildCodeResources(files, host);
    files['_CodeSignature/CodeResources'] = codeResources;
    const infoPlist = files['Info.plist'];
    const sealed = infoPlist === undefined ? {} : { infoPlist };
    machO = {
      ...machO,
      signature: codeSigning({ identifier: bundleId, ...spec.signing, ...sealed, codeResources, host }),
    };
  }
  if (spec.machO !== null) files[executable] = buildMachO(machO);
  for (const [path, content] of Object.entries(spec.unsealed ?? {})) files[path] = bytesOf(content);
  return files;
}

/** `CodeResources` over files, with the rules that Xcode writes for iOS. */
export function buildCodeResources(files: Readonly<Record<string, Uint8Array>>, host: Host): Uint8Array {
  const omitted = new Set(['Info.plist', 'PkgInfo']);
  const list: Record<string, PlistSpec> = {};
  const old: Record<string, PlistSpec> = {};
  for (const [path, content] of Object.entries(files)) {
    const hash = host.signatures?.digest('sha1', content) ?? new Uint8Array(20);
    old[path] = hash;
    if (!omitted.has(path)) list[path] = { hash, hash2: host.sha256(content) };
  }
  return buildXmlPlist({
    files: old,
    files2: list,
    rules: { '^.*': true, '^.*\\.lproj/': { optional: true, weight: 1000 } },
    rules2: {
      '^.*': true,
      '.*\\.dSYM($|/)': { weight: 11 },
      '^(.*/)?\\.DS_Store$': { omit: true, weight: 2000 },
      '^.*\\.lproj/': { optional: true, weight: 1000 },
      '^Info\\.plist$': { omit: true, weight: 20 },
      '^PkgInfo$': { omit: true, weight: 20 },
    },
  });
}

export interface IpaSpec extends BundleSpec {
  /** Default `Sample.app`. */
  readonly folder?: string;
  /** Further entries of the archive, for those who want to bend it. */
  readonly entries?: readonly ZipEntrySpec[];
  readonly zip?: ZipOptions;
}

/** Writes an IPA with one app. */
export function buildIpa(spec: IpaSpec, host: Host): Uint8Array {
  const root = `Payload/${spec.folder ?? 'Sample.app'}/`;
  const entries = Object.entries(buildBundle(spec, host)).map(
    ([path, data]): ZipEntrySpec => ({ name: root + path, data }),
  );
  return buildZip([...entries, ...(spec.entries ?? [])], spec.zip);
}

/** Puts the files of a nested bundle under its folder, for `files`. */
export function nestedFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
