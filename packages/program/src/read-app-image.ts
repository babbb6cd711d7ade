import { createBudget, createDiagnostics, type Diagnostics, type Host, toHex } from '@vedette/bytes';
import type { AppSigner, Diagnostic, Parsed } from '@vedette/contracts';
import {
  type ApkSigner,
  DEFAULT_ZIP_LIMITS,
  readApkSignatures,
  readZip,
  type ZipArchive,
  type ZipLimits,
} from '@vedette/formats';
import type { AndroidManifest, AppEntry, AppImage, CodeIndex, StageReport } from './app-image.ts';
import { createCodeIndex } from './code-index.ts';
import { readCode } from './read-code.ts';
import { readManifest } from './read-manifest.ts';
import { reasonForNoApp } from './reason-for-no-app.ts';

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
}

export const DEFAULT_APP_IMAGE_LIMITS: AppImageLimits = {
  zip: DEFAULT_ZIP_LIMITS,
  maxManifestBytes: 16 * 1024 * 1024,
  maxCodeBytes: 192 * 1024 * 1024,
  maxDexFiles: 256,
  codeTimeMs: 60_000,
};

export interface ReadAppImageOptions {
  /** File name, for reports only. */
  readonly name: string;
  readonly host: Host;
  readonly limits?: Partial<AppImageLimits>;
  /** Called as reading goes on: the stage, and how much of the whole is done, from 0 to 1. */
  readonly onStage?: (stage: string, progress: number) => void;
}

/**
 * Reads an Android app. The value is null only if the bytes are no app at all; the first diagnostic then says why in a
 * line a person understands. A damaged app gives an image of what could be read, with diagnostics and stage reports that
 * say what is missing. Never throws on input.
 */
export function readAppImage(bytes: Uint8Array, options: ReadAppImageOptions): Parsed<AppImage | null> {
  const { host, name } = options;
  const limits: AppImageLimits = { ...DEFAULT_APP_IMAGE_LIMITS, ...options.limits };
  const diagnostics = createDiagnostics();
  const stages = createStages(host, options.onStage);

  const zip = stages.run('container', 0, () => openContainer(bytes, host, limits, diagnostics));
  const manifestEntry = zip?.find('AndroidManifest.xml');
  const dexEntries = zip?.entries.filter((entry) => /^classes\d*\.dex$/.test(entry.name)) ?? [];
  if (zip === null || (manifestEntry === undefined && dexEntries.length === 0)) {
    const reason = reasonForNoApp(bytes, zip);
    return { value: null, diagnostics: [reason, ...diagnostics.list()] };
  }
  const manifest = stages.run('manifest', 0.1, () => readManifestEntry(zip, limits, diagnostics));
  const code = stages.run('code', 0.2, () => readCodeStage(zip, host, limits, diagnostics));
  const signers = stages.run('signatures', 0.9, () => readSignerStage(bytes, zip, host, diagnostics));
  options.onStage?.('done', 1);

  const image: AppImage = {
    platform: 'android',
    file: { name, size: bytes.length, sha256: toHex(host.sha256(bytes)) },
    entries: appEntries(zip),
    manifest,
    code,
    signers,
    stages: stages.reports,
    diagnostics: diagnostics.list(),
  };
  return { value: image, diagnostics: image.diagnostics };
}

/** What one stage hands back: its value, and how far it came. */
interface StageResult<T> {
  readonly value: T;
  readonly status: StageReport['status'];
  readonly detail: string;
}

interface Stages {
  readonly reports: readonly StageReport[];
  run<T>(stage: string, progress: number, work: () => StageResult<T>): T;
}

function createStages(host: Host, onStage: ReadAppImageOptions['onStage']): Stages {
  const reports: StageReport[] = [];
  return {
    reports,
    run(stage, progress, work) {
      onStage?.(stage, progress);
      const started = host.now();
      const { value, status, detail } = work();
      reports.push({ stage, status, detail, elapsedMs: Math.max(0, host.now() - started) });
      return value;
    },
  };
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ level }) => level === 'error');
}

function openContainer(
  bytes: Uint8Array,
  host: Host,
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): StageResult<ZipArchive | null> {
  const { value, diagnostics: noticed } = readZip(bytes, host, limits.zip);
  diagnostics.addAll(noticed);
  if (value === null) return { value, status: 'failed', detail: 'no archive' };
  const incomplete =
    value.source === 'local-headers' || noticed.some(({ id }) => id === 'budget.entries' || id.endsWith('.truncated'));
  const found = value.source === 'local-headers' ? ', found by scanning; the central directory is missing' : '';
  return { value, status: incomplete ? 'partial' : 'complete', detail: `${value.entries.length} entries${found}` };
}

function readManifestEntry(
  zip: ZipArchive,
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): StageResult<AndroidManifest | null> {
  const entry = zip.find('AndroidManifest.xml');
  if (entry === undefined) {
    diagnostics.error('manifest.missing', 'the archive has no AndroidManifest.xml');
    return { value: null, status: 'failed', detail: 'AndroidManifest.xml is missing' };
  }
  const data = entry.read(limits.maxManifestBytes);
  diagnostics.addAll(data.diagnostics);
  if (data.value.length === limits.maxManifestBytes) {
    const message = `the manifest was cut after ${limits.maxManifestBytes} bytes`;
    diagnostics.error('budget.bytes', message, { where: entry.name });
  }
  const { value, diagnostics: noticed } = readManifest(data.value);
  diagnostics.addAll(noticed, entry.name);
  if (value === null) return { value, status: 'failed', detail: 'AndroidManifest.xml could not be read' };
  const damaged = hasErrors(data.diagnostics) || hasErrors(noticed);
  const detail = `${value.components.length} components, ${value.permissions.length} permissions`;
  return { value, status: damaged ? 'partial' : 'complete', detail };
}

function readCodeStage(
  zip: ZipArchive,
  host: Host,
  limits: AppImageLimits,
  diagnostics: Diagnostics,
): StageResult<CodeIndex> {
  const budget = createBudget(
    { bytes: limits.maxCodeBytes, entries: limits.maxDexFiles, timeMs: limits.codeTimeMs },
    () => host.now(),
  );
  const { units, failed, complete, instructions } = readCode(zip, budget, diagnostics);
  const value = createCodeIndex(units);
  if (units.length === 0 && failed === 0) {
    return { value, status: 'skipped', detail: 'the archive has no classes.dex' };
  }
  const left = failed > 0 ? `, ${failed} not read` : '';
  const detail = `${units.length} DEX files, ${instructions} instructions${left}`;
  return { value, status: units.length === 0 ? 'failed' : complete ? 'complete' : 'partial', detail };
}

function readSignerStage(
  bytes: Uint8Array,
  zip: ZipArchive,
  host: Host,
  diagnostics: Diagnostics,
): StageResult<readonly AppSigner[]> {
  const { value: signatures, diagnostics: noticed } = readApkSignatures(bytes, zip, host);
  diagnostics.addAll(noticed);
  const { schemes, signers } = signatures;
  const verified = signers.filter((signer) => signer.verified === 'verified').length;
  const unsigned = zip.directoryOffset === null ? 'none found; the end of the file is missing' : 'not signed';
  const found = `${schemes.join(', ')}: ${signers.length} signers, ${verified} verified`;
  const detail = schemes.length === 0 ? unsigned : found;
  return { value: signers.map(appSigner), status: hasErrors(noticed) ? 'partial' : 'complete', detail };
}

function appSigner({ scheme, certificate, verified }: ApkSigner): AppSigner {
  const { sha256, subject, issuer, notBefore, notAfter, keyAlgorithm, keyBits, signatureAlgorithm } = certificate;
  return {
    sha256,
    scheme,
    subject,
    issuer,
    notBefore,
    notAfter,
    keyAlgorithm,
    keyBits,
    signatureAlgorithm,
    verified,
  };
}

function appEntries(zip: ZipArchive): AppEntry[] {
  return zip.entries.map((entry) => ({
    path: entry.name,
    compressedSize: entry.compressedSize,
    size: entry.size,
    offset: entry.localOffset,
    read: (maxBytes) => entry.read(maxBytes),
  }));
}
