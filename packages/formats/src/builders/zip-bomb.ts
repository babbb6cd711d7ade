import { deflateZeros } from '../zip/deflate-runs.ts';
import { buildZip } from '../zip/zip-builder.ts';

/** Names that a reader of apps wants to open. */
const TEMPTING = ['AndroidManifest.xml', 'classes.dex', 'classes2.dex', 'classes3.dex', 'resources.arsc'];

/**
 * A ZIP bomb: entries of zeros that inflate to `sizeBytes` each, at a ratio of 158 to 1. Small enough to build in a test;
 * nothing here holds the inflated data.
 */
export function buildZipBomb(options: {
  readonly sizeBytes: number;
  readonly entries?: readonly string[];
}): Uint8Array {
  const { packed, size } = deflateZeros(options.sizeBytes);
  const data = new Uint8Array(0);
  return buildZip((options.entries ?? TEMPTING).map((name) => ({ name, data, packed: { bytes: packed, size } })));
}
