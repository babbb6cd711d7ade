import type { Host } from '@vedette/bytes';
import {
  type BlockSignerSpec,
  buildSignatureBlock,
  buildSigningBlock,
  signerBlock,
} from '../apk-signature/apk-signature-builder.ts';
import { createContentDigests } from '../apk-signature/content-digest.ts';
import type { SigningBlockPair } from '../apk-signature/signing-block.ts';
import { buildAxml, type XmlNode, type XmlValue } from '../axml/axml-builder.ts';
import { buildDex, type ClassSpec } from '../dex/dex-builder.ts';
import { readZip } from '../zip/read-zip.ts';
import { buildZip, type ZipEntrySpec, type ZipOptions } from '../zip/zip-builder.ts';

export interface IntentFilterSpec {
  readonly actions?: readonly string[];
  readonly categories?: readonly string[];
  readonly schemes?: readonly string[];
  readonly hosts?: readonly string[];
}

export interface ComponentSpec {
  readonly kind: 'activity' | 'activity-alias' | 'service' | 'receiver' | 'provider';
  readonly name: string;
  readonly exported?: boolean;
  readonly permission?: string;
  readonly intentFilters?: readonly IntentFilterSpec[];
  /** Further attributes of the element, `android:…`. */
  readonly attributes?: Readonly<Record<string, XmlValue>>;
}

/** A manifest in the words of the package manager. */
export interface ManifestSpec {
  readonly package: string;
  readonly versionCode?: number;
  readonly versionName?: string;
  readonly minSdk?: number;
  readonly targetSdk?: number;
  readonly permissions?: readonly string[];
  readonly declaredPermissions?: readonly { readonly name: string; readonly protectionLevel?: number }[];
  /** Attributes of `<application>`, e.g. `{ 'android:debuggable': true }`. */
  readonly application?: Readonly<Record<string, XmlValue>>;
  readonly components?: readonly ComponentSpec[];
  /** Further children of `<manifest>`. */
  readonly extra?: readonly XmlNode[];
}

export interface SignerSpec {
  readonly scheme: 'v1' | 'v2' | 'v3' | 'v3.1';
  /** DER, e.g. of `buildCertificate`. The signature itself is inert: it reads well and verifies nowhere. */
  readonly certificate: Uint8Array;
}

export interface ApkSpec {
  /** In words, as an element tree, or as bytes; null leaves it out. Default: the package `com.example.app`, nothing else. */
  readonly manifest?: ManifestSpec | XmlNode | Uint8Array | null;
  /** One list of classes, or bytes, per DEX: `classes.dex`, `classes2.dex` and so on. */
  readonly dex?: readonly (readonly ClassSpec[] | Uint8Array)[];
  /** Further entries by path; text is written as UTF-8. */
  readonly entries?: Readonly<Record<string, Uint8Array | string>>;
  /** How the manifest and the code are stored. Default `deflated`. */
  readonly method?: 'stored' | 'deflated';
  readonly signers?: readonly SignerSpec[];
  /** Further pairs of the APK Signing Block. */
  readonly blockPairs?: readonly SigningBlockPair[];
  readonly zip?: ZipOptions;
}

/** The archive entries of an app, for those who want to bend them before writing. */
export function apkEntries(spec: ApkSpec): ZipEntrySpec[] {
  const method = spec.method ?? 'deflated';
  const entries: ZipEntrySpec[] = [];
  const { manifest = { package: 'com.example.app' } } = spec;
  if (manifest !== null) entries.push({ name: 'AndroidManifest.xml', data: manifestBytes(manifest), method });
  for (const [index, dex] of (spec.dex ?? []).entries()) {
    const name = index === 0 ? 'classes.dex' : `classes${index + 1}.dex`;
    entries.push({ name, data: dex instanceof Uint8Array ? dex : buildDex(dex), method });
  }
  for (const [name, content] of Object.entries(spec.entries ?? {})) {
    entries.push({ name, data: typeof content === 'string' ? new TextEncoder().encode(content) : content });
  }
  const v1 = (spec.signers ?? []).filter(({ scheme }) => scheme === 'v1');
  if (v1.length > 0)
    entries.push({ name: 'META-INF/MANIFEST.MF', data: new TextEncoder().encode('Manifest-Version: 1.0\r\n\r\n') });
  for (const [index, { certificate }] of v1.entries()) {
    const stem = `META-INF/CERT${index === 0 ? '' : index}`;
    entries.push({ name: `${stem}.SF`, data: new TextEncoder().encode('Signature-Version: 1.0\r\n\r\n') });
    entries.push({ name: `${stem}.RSA`, data: buildSignatureBlock(certificate) });
  }
  return entries;
}

/** Writes an app that our reader reads back. */
export function buildApk(spec: ApkSpec = {}): Uint8Array {
  const schemes = ['v2', 'v3', 'v3.1'] as const;
  const pairs = schemes.flatMap((scheme) => {
    const signers = (spec.signers ?? []).filter((signer) => signer.scheme === scheme);
    return signers.length === 0 ? [] : [signerBlock(scheme, signers)];
  });
  const all = [...pairs, ...(spec.blockPairs ?? [])];
  const block = all.length === 0 ? {} : { beforeDirectory: buildSigningBlock(all) };
  return buildZip(apkEntries(spec), { ...block, ...spec.zip });
}

/**
 * Writes an app with a real signature of one v2, v3 or v3.1 signer: `sign` and the hash of `algorithm` must belong
 * together (default RSASSA-PKCS1-v1_5 with SHA-256).
 */
export function buildSignedApk(
  spec: ApkSpec,
  scheme: 'v2' | 'v3' | 'v3.1',
  signer: Omit<BlockSignerSpec, 'digest'>,
  host: Host,
): Uint8Array {
  const unsigned = buildApk(spec);
  const zip = readZip(unsigned, host).value;
  if (zip === null || zip.directoryOffset === null) throw new Error('what was built is no archive');
  const hash = [0x0102, 0x0104, 0x0202].includes(signer.algorithm ?? 0) ? 'chunked-sha512' : 'chunked-sha256';
  const digest = createContentDigests(unsigned, { blockStart: zip.directoryOffset, zip, host }).get(hash);
  if (digest === null) throw new Error('the host cannot make the digest');
  const block = buildSigningBlock([signerBlock(scheme, [{ ...signer, digest }])]);
  return buildZip(apkEntries(spec), { ...spec.zip, beforeDirectory: block });
}

function manifestBytes(manifest: ManifestSpec | XmlNode | Uint8Array): Uint8Array {
  if (manifest instanceof Uint8Array) return manifest;
  return buildAxml('package' in manifest ? manifestTree(manifest) : manifest);
}

/** The element tree of a manifest. Lines count up as a build tool would write one tag per line. */
export function manifestTree(spec: ManifestSpec): XmlNode {
  const sdk = defined({ 'android:minSdkVersion': spec.minSdk, 'android:targetSdkVersion': spec.targetSdk });
  const tree: XmlNode = {
    name: 'manifest',
    attributes: {
      ...defined({ 'android:versionCode': spec.versionCode, 'android:versionName': spec.versionName }),
      package: spec.package,
    },
    children: [
      ...(Object.keys(sdk).length > 0 ? [{ name: 'uses-sdk', attributes: sdk }] : []),
      ...(spec.permissions ?? []).map((name) => ({ name: 'uses-permission', attributes: { 'android:name': name } })),
      ...(spec.declaredPermissions ?? []).map(({ name, protectionLevel }) => ({
        name: 'permission',
        attributes: defined({ 'android:name': name, 'android:protectionLevel': protectionLevel }),
      })),
      ...(spec.extra ?? []),
      {
        name: 'application',
        attributes: spec.application ?? {},
        children: (spec.components ?? []).map(componentTree),
      },
    ],
  };
  let line = 0;
  const numbered = (node: XmlNode): XmlNode => ({
    ...node,
    line: ++line,
    children: (node.children ?? []).map(numbered),
  });
  return numbered(tree);
}

function componentTree(spec: ComponentSpec): XmlNode {
  return {
    name: spec.kind,
    attributes: {
      ...defined({
        'android:name': spec.name,
        'android:exported': spec.exported,
        'android:permission': spec.permission,
      }),
      ...spec.attributes,
    },
    children: (spec.intentFilters ?? []).map((filter) => ({
      name: 'intent-filter',
      children: [
        ...(filter.actions ?? []).map((name) => ({ name: 'action', attributes: { 'android:name': name } })),
        ...(filter.categories ?? []).map((name) => ({ name: 'category', attributes: { 'android:name': name } })),
        ...(filter.schemes ?? []).map((scheme) => ({ name: 'data', attributes: { 'android:scheme': scheme } })),
        ...(filter.hosts ?? []).map((host) => ({ name: 'data', attributes: { 'android:host': host } })),
      ],
    })),
  };
}

function defined(values: Readonly<Record<string, XmlValue | undefined>>): Record<string, XmlValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
