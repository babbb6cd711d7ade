import { createBudget, createDiagnostics, type Diagnostics, type Host, toHex } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { DEFAULT_ZIP_LIMITS, readElf, readMachO, readZip, type ZipArchive, type ZipLimits } from '@vedette/formats';
import type { AppImage, ContainerKind } from './app-image.ts';
import { createCodeIndex } from './code-index.ts';
import { bundleModules } from './container/bundle-modules.ts';
import { openApkSet } from './container/open-apk-set.ts';
import { archivePart, type OpenPart } from './container/open-part.ts';
import { recognise } from './container/recognise.ts';
import { readIosApp } from './ios/read-ios-app.ts';
import { readAndroidApp } from './read-android-app.ts';
import { readDexBytes, unitsOf } from './read-code.ts';
import { reasonForNoApp } from './reason-for-no-app.ts';
import { type AndroidStage, createStages, type StageResult, type Stages } from './stages.ts';

export interface AppImageLimits {
  readonly zip: ZipLimits;
  /** Bytes of AndroidManifest.xml read; those of real apps have less than two million. */
  readonly maxManifestBytes: number;
  /** Bytes of DEX and of cross references kept, over all files. */
  readonly maxCodeBytes: number;
  /** DEX files read. */
  readonly maxDexFiles: number;
  /** Elapsed time for reading code; what is left then is reported as not read. */
  readonly codeTimeMs: number;
  /** Bytes of native libraries read, their number, and the time for it. */
  readonly maxNativeBytes: number;
  readonly maxNativeFiles: number;
  readonly nativeTimeMs: number;
  /** Bytes of nested archives and code read, files looked at, archives in archives, and the time for it. */
  readonly maxNestedBytes: number;
  readonly maxNestedEntries: number;
  readonly maxNestedDepth: number;
  readonly nestedTimeMs: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_APP_IMAGE_LIMITS: AppImageLimits = {
  zip: DEFAULT_ZIP_LIMITS,
  maxManifestBytes: 16 * MIB,
  maxCodeBytes: 192 * MIB,
  maxDexFiles: 256,
  codeTimeMs: 60_000,
  maxNativeBytes: 512 * MIB,
  maxNativeFiles: 2_000,
  nativeTimeMs: 20_000,
  maxNestedBytes: 192 * MIB,
  maxNestedEntries: 50_000,
  maxNestedDepth: 3,
  nestedTimeMs: 20_000,
};

export interface ReadAppImageOptions {
  /** File name, for reports only. */
  readonly name: string;
  readonly host: Host;
  readonly limits?: Partial<AppImageLimits>;
  /**
   * The stages wanted of an Android app; all, if left out. What belongs to the others is empty or null in the image, and its stage reads `skipped`: such an image is
   * for looking at, not for judging.
   */
  readonly only?: readonly AndroidStage[];
  /** Called as reading goes on: the stage, and how much of the whole is done, from 0 to 1. */
  readonly onStage?: (stage: string, progress: number) => void;
}

/**
 * Reads an app from any file that holds one: APK, set of split APKs, app bundle, IPA, and bare code (DEX, ELF, Mach-O). The
 * value is null only if the bytes are none of these; the first diagnostic then says why in a line a person understands. A
 * damaged app gives an image of what could be read, with diagnostics and stage reports that say what is missing. Never
 * throws on input.
 */
export function readAppImage(bytes: Uint8Array, options: ReadAppImageOptions): Parsed<AppImage | null> {
  const { host, name } = options;
  const limits: AppImageLimits = { ...DEFAULT_APP_IMAGE_LIMITS, ...options.limits };
  const diagnostics = createDiagnostics();
  const stages = createStages(host, options.onStage, options.only);
  const opened = stages.run('container', 0, () => openContainer(bytes, host, limits, diagnostics));
  if (opened.kind === null) {
    const reason = reasonForNoApp(bytes, opened.zip);
    return { value: null, diagnostics: [reason, ...diagnostics.list()] };
  }
  const hash = (part: Uint8Array): string => toHex(host.sha256(part));
  const nothing = createCodeIndex([]);
  const empty: AppImage = {
    platform: opened.kind === 'ipa' || opened.kind === 'mach-o' ? 'ios' : 'android',
    container: opened.kind,
    file: { name, size: bytes.length, sha256: hash(bytes) },
    parts: [],
    entries: [],
    manifest: null,
    resources: null,
    ios: null,
    code: nothing,
    dex: [],
    native: [],
    machO: null,
    nested: [],
    loadable: nothing,
    signers: [],
    signature: null,
    stages: stages.reports,
    diagnostics: [],
  };
  const read = readContent(opened, bytes, { host, limits, stages, diagnostics, hash });
  options.onStage?.('done', 1);
  if (read === null) {
    const reason = reasonForNoApp(bytes, opened.zip);
    return { value: null, diagnostics: [reason, ...diagnostics.list()] };
  }
  const image = { ...empty, ...read, diagnostics: diagnostics.list() };
  return { value: image, diagnostics: image.diagnostics };
}

interface Opened {
  /** Null when the file holds no app and no code. */
  readonly kind: ContainerKind | null;
  readonly zip: ZipArchive | null;
  /** Base first; empty for what is not installed on Android. */
  readonly parts: readonly OpenPart[];
}

function openContainer(
  bytes: Uint8Array,
  host: Host,
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): StageResult<Opened> {
  const bare = recognise(bytes, null);
  // Bare code may have the bytes of an archive somewhere in it; only a DEX is also tried as an archive (Janus).
  const { value: zip, diagnostics: noticed } =
    bare === 'elf' || bare === 'mach-o' ? { value: null, diagnostics: [] } : readZip(bytes, host, limits.zip);
  const kind = recognise(bytes, zip);
  if (zip === null || kind === 'dex') {
    if (kind === null) diagnostics.addAll(noticed);
    return {
      value: { kind, zip: null, parts: [] },
      status: kind === null ? 'failed' : 'complete',
      detail: kind ?? 'no archive',
    };
  }
  diagnostics.addAll(noticed);
  const parts = openParts(bytes, zip, kind, host, limits, diagnostics);
  const incomplete =
    zip.source === 'local-headers' || noticed.some(({ id }) => id === 'budget.entries' || id.endsWith('.truncated'));
  const found = zip.source === 'local-headers' ? ', found by scanning; the central directory is missing' : '';
  const several = parts.length > 1 ? ` in ${parts.length} parts` : '';
  const detail = `${parts.reduce((sum, { entries }) => sum + entries.length, 0) || zip.entries.length} entries${several}${found}`;
  return { value: { kind, zip, parts }, status: incomplete ? 'partial' : 'complete', detail };
}

function openParts(
  bytes: Uint8Array,
  zip: ZipArchive,
  kind: ContainerKind | null,
  host: Host,
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): OpenPart[] {
  if (kind === 'apk') return [archivePart({ bytes, zip }, { path: '', role: 'base', name: '' })];
  if (kind === 'apk-set') return openApkSet(zip, host, limits.zip, diagnostics);
  return kind === 'aab' ? bundleModules(zip) : [];
}

interface Reading {
  readonly host: Host;
  readonly limits: AppImageLimits;
  readonly stages: Stages;
  readonly diagnostics: Diagnostics;
  readonly hash: (bytes: Uint8Array) => string;
}

/** What the kind of file has; null when it turned out to hold nothing. */
function readContent({ kind, zip, parts }: Opened, bytes: Uint8Array, reading: Reading): Partial<AppImage> | null {
  const { stages } = reading;
  switch (kind) {
    case 'apk':
    case 'apk-set':
    case 'aab':
      return parts.length === 0 ? null : readAndroidApp(parts, reading);
    case 'ipa':
      return zip === null ? null : stages.run('app', 0.1, () => readIpa(zip, reading));
    case 'dex':
      return stages.run('code', 0.1, () => readBareDex(bytes, reading));
    case 'elf':
      return stages.run('native', 0.1, () => readBareElf(bytes, reading));
    case 'mach-o':
      return stages.run('native', 0.1, () => readBareMachO(bytes, reading));
    case null:
      return null;
  }
}

function readIpa(zip: ZipArchive, { host, diagnostics }: Reading): StageResult<Partial<AppImage> | null> {
  const { value: ios, diagnostics: noticed } = readIosApp(zip, host);
  diagnostics.addAll(noticed);
  if (ios === null) return { value: null, status: 'failed', detail: 'no app in Payload/' };
  const entries = zip.entries.map((entry) => ({
    path: entry.name,
    part: '',
    compressedSize: entry.compressedSize,
    size: entry.size,
    offset: entry.localOffset,
    read: (maxBytes?: number) => entry.read(maxBytes),
  }));
  const unreadable = ios.binaries.filter(({ codeUnreadable }) => codeUnreadable).length;
  const cut = unreadable > 0 ? `, ${unreadable} of them encrypted and unreadable` : '';
  const damaged = noticed.some(({ level }) => level === 'error');
  return {
    value: { ios, entries, signers: ios.signers },
    status: unreadable > 0 || damaged ? 'partial' : 'complete',
    detail: `${ios.binaries.length} programs and libraries${cut}`,
  };
}

function readBareDex(bytes: Uint8Array, { host, limits, diagnostics }: Reading): StageResult<Partial<AppImage> | null> {
  const budget = createBudget(
    { bytes: limits.maxCodeBytes, entries: limits.maxDexFiles, timeMs: limits.codeTimeMs },
    () => host.now(),
  );
  const { files, complete } = readDexBytes('', bytes, budget, diagnostics);
  const dex = unitsOf('classes.dex', files);
  if (dex.length === 0) return { value: null, status: 'failed', detail: 'no DEX could be read' };
  const instructions = dex.reduce((sum, unit) => sum + unit.dex.code.instructions, 0);
  return {
    value: { dex, code: createCodeIndex(dex) },
    status: complete ? 'complete' : 'partial',
    detail: `${dex.length} DEX files, ${instructions} instructions`,
  };
}

function readBareElf(bytes: Uint8Array, { diagnostics }: Reading): StageResult<Partial<AppImage> | null> {
  const { value: elf, diagnostics: noticed } = readElf(bytes);
  diagnostics.addAll(noticed);
  if (elf === null) return { value: null, status: 'failed', detail: 'no ELF could be read' };
  const native = [{ path: '', abiFolder: null, size: bytes.length, elf }];
  return { value: { native }, status: 'complete', detail: `${elf.machine}, ${elf.exports.length} exports` };
}

function readBareMachO(bytes: Uint8Array, { diagnostics }: Reading): StageResult<Partial<AppImage> | null> {
  const { value: machO, diagnostics: noticed } = readMachO(bytes);
  diagnostics.addAll(noticed);
  if (machO === null) return { value: null, status: 'failed', detail: 'no Mach-O could be read' };
  return { value: { machO }, status: 'complete', detail: `${machO.slices.length} architectures` };
}
