import { type Budget, type Diagnostics, type Host, latin1Text, u32At } from '@vedette/bytes';
import {
  dexContainerKind,
  isElf,
  readElf,
  readZip,
  type ZipArchive,
  type ZipEntry,
  type ZipLimits,
} from '@vedette/formats';
import type { NativeLibrary, NestedContent } from './app-image.ts';
import { isMachO } from './container/recognise.ts';
import { readDexBytes, unitsOf } from './read-code.ts';
import type { DexUnit } from './xref/link-pools.ts';

export interface Nested {
  readonly contents: readonly NestedContent[];
  /** DEX among them, in the order found. */
  readonly units: readonly DexUnit[];
  readonly native: readonly NativeLibrary[];
}

export interface NestedOptions {
  readonly host: Host;
  readonly zip: ZipLimits;
  /** Draws: entries looked at, bytes read, depth of archives in archives, time. */
  readonly budget: Budget;
  /** Draws of code, as for the app's own. */
  readonly code: Budget;
}

/** What is looked into, by where it is. */
export interface Candidate {
  readonly location: string;
  readonly entry: Pick<ZipEntry, 'name' | 'size' | 'read'>;
}

/** Enough to tell every kind; the reader gives so many without inflating the rest. */
const HEAD_BYTES = 64;

/**
 * Finds what an app could load or install, by content and not by name, in archives in archives too, and reads it: an APK in
 * the assets, a DEX called `logo.png`, a library without its suffix. Files that the platform loads by itself
 * are not candidates; the caller leaves them out.
 */
export function readNested(candidates: readonly Candidate[], options: NestedOptions, diagnostics: Diagnostics): Nested {
  const found = { contents: [] as NestedContent[], units: [] as DexUnit[], native: [] as NativeLibrary[] };
  look(candidates, 1, options, diagnostics, found);
  return found;
}

interface Found {
  readonly contents: NestedContent[];
  readonly units: DexUnit[];
  readonly native: NativeLibrary[];
}

function look(
  candidates: readonly Candidate[],
  depth: number,
  options: NestedOptions,
  diagnostics: Diagnostics,
  found: Found,
): void {
  const { budget } = options;
  for (const [index, { location, entry }] of candidates.entries()) {
    if (entry.size === 0 && entry.name.endsWith('/')) continue;
    if (!budget.takeEntries(1) || !budget.hasTime()) {
      const message = `the budget for looking into files is spent; ${candidates.length - index} were not looked into`;
      diagnostics.error('budget.nested', message, { where: location });
      return;
    }
    const kind = kindOf(entry.read(HEAD_BYTES).value);
    if (kind === null) continue;
    const named = NAMES[kind].test(entry.name);
    // Plain archives have many names; one that holds an app is judged when it is open.
    if (!named && kind !== 'archive') reportDisguise(location, WORDS[kind], diagnostics);
    const bytes = kind === 'script' ? null : contentOf(location, entry, budget, diagnostics);
    const content = { path: location, size: entry.size, depth, named };
    if (kind === 'script') found.contents.push({ ...content, kind, opened: true });
    else if (bytes === null) found.contents.push({ ...content, kind, opened: false });
    else if (kind === 'archive') openArchive({ ...content, size: bytes.length }, bytes, options, diagnostics, found);
    else {
      found.contents.push({ ...content, kind, size: bytes.length, opened: true });
      readContent(kind, location, bytes, options, diagnostics, found);
    }
  }
}

/** Null when the budget does not allow it, which is reported. */
function contentOf(
  where: string,
  entry: Candidate['entry'],
  budget: Budget,
  diagnostics: Diagnostics,
): Uint8Array | null {
  if (budget.bytesLeft < Math.max(entry.size, 1)) {
    diagnostics.error('budget.nested', `the budget for nested files is spent; ${entry.size} bytes were not read`, {
      where,
    });
    return null;
  }
  const data = entry.read(Math.min(budget.bytesLeft, Number.MAX_SAFE_INTEGER));
  diagnostics.addAll(data.diagnostics);
  budget.takeBytes(Math.min(data.value.length, budget.bytesLeft));
  return data.value;
}

function readContent(
  kind: 'dex' | 'elf' | 'mach-o',
  location: string,
  bytes: Uint8Array,
  { code }: NestedOptions,
  diagnostics: Diagnostics,
  found: Found,
): void {
  if (kind === 'dex') found.units.push(...unitsOf(location, readDexBytes(location, bytes, code, diagnostics).files));
  if (kind !== 'elf') return;
  const { value: elf, diagnostics: noticed } = readElf(bytes);
  diagnostics.addAll(noticed, location);
  if (elf !== null) found.native.push({ path: location, abiFolder: null, size: bytes.length, elf });
}

function openArchive(
  content: Omit<NestedContent, 'kind' | 'opened'>,
  bytes: Uint8Array,
  options: NestedOptions,
  diagnostics: Diagnostics,
  found: Found,
): void {
  const { host, zip: limits, budget } = options;
  const { path, depth } = content;
  if (!budget.enter()) {
    diagnostics.error('budget.nested', `archives deeper than ${depth - 1} levels were not opened`, { where: path });
    found.contents.push({ ...content, kind: 'archive', opened: false });
    return;
  }
  const { value: zip, diagnostics: noticed } = readZip(bytes, host, limits);
  diagnostics.addAll(noticed, path);
  const isApp = zip !== null && holdsApp(zip);
  found.contents.push({ ...content, kind: isApp ? 'apk' : 'archive', opened: zip !== null });
  if (isApp) diagnostics.note('nested.app', 'the file is an app of its own', { where: path });
  if (isApp && !content.named) reportDisguise(path, 'an app', diagnostics);
  const inner = (zip?.entries ?? []).map((entry) => ({ location: `${path}!/${entry.name}`, entry }));
  look(inner, depth + 1, options, diagnostics, found);
  budget.leave();
}

function reportDisguise(where: string, what: string, diagnostics: Diagnostics): void {
  diagnostics.warning('nested.disguised', `the file is ${what}, whatever its name says`, { where });
}

function holdsApp(zip: ZipArchive): boolean {
  return zip.find('AndroidManifest.xml') !== undefined;
}

type FoundKind = 'archive' | 'dex' | 'elf' | 'mach-o' | 'script';

const ZIP_MAGIC = 0x04034b50;

function kindOf(head: Uint8Array): FoundKind | null {
  if (u32At(head, 0) === ZIP_MAGIC) return 'archive';
  const dex = dexContainerKind(head);
  if (dex !== null && dex !== 'oat') return 'dex';
  if (isElf(head)) return 'elf';
  if (isMachO(head)) return 'mach-o';
  return /^#!\s*\/\S*(?:sh|env)\b/.test(latin1Text(head, 0, head.length)) ? 'script' : null;
}

/** Names under which the content is not disguised. Archives are data as a rule, and have many names. */
const NAMES: Readonly<Record<FoundKind, RegExp>> = {
  archive:
    /\.(?:apks?|xapk|apkm|aab|zip|jar|aar|ipa|war|klib|docx|xlsx|pptx|odt|epub|kmz|obb|xpi|crx|whl|lpk|srcjar|zipx|pak|mtz)$/i,
  dex: /\.(?:dex|odex|vdex|cdex)$/i,
  elf: /(?:\.(?:so(?:\.[\d.]+)?|elf|o|ko|bin)|(?:^|\/)[^./]+)$/i,
  'mach-o': /(?:\.(?:dylib|o|bundle)|(?:^|\/)[^./]+)$/i,
  script: /(?:\.(?:sh|bash|rc)|(?:^|\/)[^./]+)$/i,
};

const WORDS = {
  dex: 'Dalvik code',
  elf: 'native code',
  'mach-o': 'native code for Apple platforms',
  script: 'a shell script',
} as const;
