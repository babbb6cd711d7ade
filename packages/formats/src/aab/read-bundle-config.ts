import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Parsed } from '@vedette/contracts';
import { ProtoCursor } from '../protobuf/proto-cursor.ts';

/** What BundleConfig.pb says about how APKs are made of a bundle (bundletool, config.proto). */
export interface BundleConfig {
  /** Version of bundletool that made the bundle; empty where it is not said. */
  readonly bundletoolVersion: string;
  readonly type: 'regular' | 'apex' | 'asset-only' | 'unknown';
  /** Files left uncompressed, as globs over paths in an APK. */
  readonly uncompressedGlobs: readonly string[];
  /** What APKs are split by. */
  readonly splits: readonly { readonly dimension: string; readonly enabled: boolean }[];
  readonly uncompressNativeLibraries: boolean;
  readonly uncompressDex: boolean;
  /** Paths of APKs in the bundle that are to be signed like its own. */
  readonly unsignedEmbeddedApks: readonly string[];
}

const TYPES: readonly BundleConfig['type'][] = ['regular', 'apex', 'asset-only'];
const DIMENSIONS: Readonly<Record<number, string>> = {
  1: 'abi',
  2: 'screen-density',
  3: 'language',
  4: 'texture-compression-format',
  6: 'device-tier',
  7: 'country-set',
};

type Mutable = {
  bundletoolVersion: string;
  type: BundleConfig['type'];
  uncompressedGlobs: string[];
  splits: { dimension: string; enabled: boolean }[];
  uncompressNativeLibraries: boolean;
  uncompressDex: boolean;
  unsignedEmbeddedApks: string[];
};

/** Lists longer than this are cut. */
const MAX_LIST = 10_000;

/** Reads BundleConfig.pb; an empty file is a configuration of defaults. Time and memory are linear in the input. */
export function readBundleConfig(bytes: Uint8Array): Parsed<BundleConfig> {
  const diagnostics: Diagnostics = createDiagnostics();
  const config: Mutable = {
    bundletoolVersion: '',
    type: 'regular',
    uncompressedGlobs: [],
    splits: [],
    uncompressNativeLibraries: false,
    uncompressDex: false,
    unsignedEmbeddedApks: [],
  };
  const cursor = new ProtoCursor(bytes, { start: 0, end: bytes.length }, diagnostics);
  while (cursor.next()) {
    if (cursor.field === 1) config.bundletoolVersion = texts(cursor.message(), 2).at(-1) ?? config.bundletoolVersion;
    else if (cursor.field === 2) readOptimizations(cursor.message(), config);
    else if (cursor.field === 3) config.uncompressedGlobs.push(...texts(cursor.message(), 1));
    else if (cursor.field === 6) config.unsignedEmbeddedApks.push(...texts(cursor.message(), 1));
    else if (cursor.field === 8) config.type = TYPES[cursor.low()] ?? 'unknown';
  }
  return { value: config, diagnostics: diagnostics.list() };
}

function texts(cursor: ProtoCursor, field: number): string[] {
  const found: string[] = [];
  while (cursor.next() && found.length < MAX_LIST) if (cursor.field === field) found.push(cursor.text());
  return found;
}

function readOptimizations(cursor: ProtoCursor, config: Mutable): void {
  while (cursor.next()) {
    if (cursor.field === 1) readSplits(cursor.message(), config);
    else if (cursor.field === 2) config.uncompressNativeLibraries = flag(cursor.message());
    else if (cursor.field === 3) config.uncompressDex = flag(cursor.message());
  }
}

/** A message whose first field is `enabled`. */
function flag(cursor: ProtoCursor): boolean {
  let enabled = false;
  while (cursor.next()) if (cursor.field === 1) enabled = cursor.low() !== 0;
  return enabled;
}

function readSplits(cursor: ProtoCursor, config: Mutable): void {
  while (cursor.next() && config.splits.length < MAX_LIST) {
    if (cursor.field !== 1) continue;
    let [value, negate] = [0, false];
    for (const dimension = cursor.message(); dimension.next(); ) {
      if (dimension.field === 1) value = dimension.low();
      else if (dimension.field === 2) negate = dimension.low() !== 0;
    }
    config.splits.push({ dimension: DIMENSIONS[value] ?? `dimension-${value}`, enabled: !negate });
  }
}
