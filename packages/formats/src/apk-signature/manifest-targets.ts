import type { XmlElement } from '../axml/read-axml.ts';
import { readAxml } from '../axml/read-axml.ts';
import type { ZipArchive } from '../zip/read-zip.ts';

/** What a manifest says about the platforms an app is for, as far as its signature is concerned. */
export interface SigningTargets {
  readonly minSdk: number;
  readonly targetSdk: number;
  readonly targetSandboxVersion: number;
}

const MIN_SDK_VERSION = 0x0101020c;
const TARGET_SDK_VERSION = 0x01010270;
const TARGET_SANDBOX_VERSION = 0x0101054c;
const MAX_MANIFEST = 16 * 1024 * 1024;

/** Versions before the release with this first letter (apksig, CodenamesLazyInitializer). */
const CODE_NAMES: readonly (readonly [letter: string, sdk: number])[] = [
  ['C', 2],
  ['D', 3],
  ['E', 4],
  ['F', 7],
  ['G', 8],
  ['H', 10],
  ['I', 13],
  ['J', 15],
  ['K', 18],
  ['L', 20],
  ['M', 22],
  ['N', 23],
  ['O', 25],
  ['P', 27],
  ['Q', 28],
  ['R', 29],
  ['S', 30],
  ['T', 32],
  ['U', 33],
  ['V', 34],
];

/**
 * Reads from the manifest what `verifyApkSignatures` asks for; null when there is no manifest that can be read.
 * Of several `uses-sdk` the highest minimum counts; a code name is the platform before the release it names.
 */
export function signingTargets(zip: ZipArchive): SigningTargets | null {
  const entry = zip.find('AndroidManifest.xml');
  const root = entry === undefined ? null : readAxml(entry.read(MAX_MANIFEST).value).value;
  if (root === null || root.name !== 'manifest') return null;
  let minSdk = 1;
  let target: number | null = null;
  for (const child of root.children) {
    if (child.name !== 'uses-sdk') continue;
    minSdk = Math.max(minSdk, versionOf(child, MIN_SDK_VERSION) ?? 1);
    target ??= versionOf(child, TARGET_SDK_VERSION);
  }
  const targetSandboxVersion = versionOf(root, TARGET_SANDBOX_VERSION) ?? 1;
  return { minSdk, targetSdk: target ?? minSdk, targetSandboxVersion };
}

const TYPE_STRING = 0x03;
const TYPE_INT_DEC = 0x10;
const TYPE_INT_HEX = 0x11;

function versionOf(element: XmlElement, resourceId: number): number | null {
  const attribute = element.attributes.find((candidate) => candidate.resourceId === resourceId);
  if (attribute === undefined) return null;
  const { type, data, value } = attribute;
  if (type === TYPE_INT_DEC || type === TYPE_INT_HEX) return data | 0;
  if (type !== TYPE_STRING) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const letter = value.slice(0, 1);
  return CODE_NAMES.findLast(([known]) => letter >= known)?.[1] ?? null;
}
