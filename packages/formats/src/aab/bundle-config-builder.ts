import { ProtoWriter } from '../protobuf/proto-writer.ts';
import type { BundleConfig } from './read-bundle-config.ts';

const DIMENSIONS: Readonly<Record<string, number>> = { abi: 1, 'screen-density': 2, language: 3, 'device-tier': 6 };

/** Writes BundleConfig.pb. */
export function buildBundleConfig(config: Partial<BundleConfig>): Uint8Array {
  const splits = new ProtoWriter();
  for (const { dimension, enabled } of config.splits ?? []) {
    const negate = enabled ? undefined : true;
    splits.message(1, new ProtoWriter().varint(1, DIMENSIONS[dimension] ?? 0).varint(2, negate));
  }
  const globs = new ProtoWriter();
  for (const glob of config.uncompressedGlobs ?? []) globs.text(1, glob);
  const out = new ProtoWriter()
    .message(1, new ProtoWriter().text(2, config.bundletoolVersion))
    .message(
      2,
      new ProtoWriter()
        .message(1, splits)
        .message(2, new ProtoWriter().varint(1, config.uncompressNativeLibraries))
        .message(3, new ProtoWriter().varint(1, config.uncompressDex)),
    )
    .message(3, globs);
  for (const path of config.unsignedEmbeddedApks ?? []) out.message(6, new ProtoWriter().text(1, path));
  return config.type === undefined
    ? out.finish()
    : out.varint(8, ['regular', 'apex', 'asset-only'].indexOf(config.type)).finish();
}
