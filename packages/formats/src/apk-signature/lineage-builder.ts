import { join, prefixed, u32 } from './prefixed-writer.ts';
import { KEY_ALGORITHM_IDS, type SigningKey } from './signing-key.ts';

export interface LineageSpec {
  /** Oldest first; each signs for the next. */
  readonly keys: readonly SigningKey[];
  /** Capabilities of each key, default all that matter (0x17). */
  readonly flags?: readonly number[];
  readonly version?: number;
}

/** The value of a proof-of-rotation attribute ("APK Signature Scheme v3"). */
export function buildLineage({ keys, flags = [], version = 1 }: LineageSpec): Uint8Array {
  const nodes = keys.map((key, index) => {
    const parent = keys[index - 1];
    const signed = join(prefixed(key.certificate), u32(parent === undefined ? 0 : KEY_ALGORITHM_IDS[parent.kind]));
    const signature = parent?.sign(signed, 'sha256') ?? new Uint8Array(0);
    const own = index === keys.length - 1 ? 0 : KEY_ALGORITHM_IDS[key.kind];
    return prefixed(prefixed(signed), u32(flags[index] ?? 0x17), u32(own), prefixed(signature));
  });
  return join(u32(version), ...nodes);
}

/** A file as `apksigner rotate` writes it. */
export function buildLineageFile(spec: LineageSpec): Uint8Array {
  return join(u32(0x3eff39d1), u32(1), prefixed(buildLineage(spec)));
}
