import { type Diagnostics, u16At, u32At, utf16Text } from '@vedette/bytes';
import { CHUNK_OVERLAYABLE_POLICY } from './arsc-chunk-types.ts';
import { listChunks, type ResourceChunk } from './chunk-list.ts';

/** Resources that other packages may replace (`<overlayable>`). */
export interface Overlayable {
  readonly name: string;
  /** Who may enable overlays, as a URL; empty for the platform. */
  readonly actor: string;
  readonly policies: readonly {
    /** `ResTable_overlayable_policy_header::PolicyFlags`. */
    readonly flags: number;
    readonly ids: readonly number[];
  }[];
}

/** `ResTable_lib_header`: a count, then a number and a name of 128 units each. */
export function readLibraries(
  bytes: Uint8Array,
  chunk: ResourceChunk,
  diagnostics: Diagnostics,
): { packageId: number; name: string }[] {
  const at = chunk.start + chunk.headerSize;
  return Array.from({ length: fitting(bytes, chunk, 260, diagnostics) }, (_, index) => ({
    packageId: u32At(bytes, at + index * 260),
    name: fixedText(bytes, at + index * 260 + 4, 128),
  }));
}

/** `ResTable_overlayable_header`: name and actor of 256 units each, then chunks of policies. */
export function readOverlayable(bytes: Uint8Array, chunk: ResourceChunk, diagnostics: Diagnostics): Overlayable {
  const { start, headerSize, end } = chunk;
  if (headerSize < 1032) {
    diagnostics.error('arsc.overlayable.truncated', 'an overlayable has no whole header', { offset: start });
    return { name: '', actor: '', policies: [] };
  }
  const policies: { flags: number; ids: number[] }[] = [];
  for (const inner of listChunks(bytes, start + headerSize, end, diagnostics)) {
    if (inner.type !== CHUNK_OVERLAYABLE_POLICY || inner.headerSize < 16) continue;
    const at = inner.start + inner.headerSize;
    const room = Math.max(0, inner.end - at) >> 2;
    const count = Math.min(u32At(bytes, inner.start + 12), room);
    policies.push({
      flags: u32At(bytes, inner.start + 8),
      ids: Array.from({ length: count }, (_, index) => u32At(bytes, at + index * 4)),
    });
  }
  const name = fixedText(bytes, start + 8, 256);
  return { name, actor: fixedText(bytes, start + 8 + 512, 256), policies };
}

/** `ResTable_staged_alias_header`: a count, then pairs of the staged and the final id. */
export function readStagedAliases(
  bytes: Uint8Array,
  chunk: ResourceChunk,
  diagnostics: Diagnostics,
): [number, number][] {
  const at = chunk.start + chunk.headerSize;
  return Array.from({ length: fitting(bytes, chunk, 8, diagnostics) }, (_, index) => [
    u32At(bytes, at + index * 8),
    u32At(bytes, at + index * 8 + 4),
  ]);
}

/** The count behind a chunk's header, as far as there is room for it. */
function fitting(bytes: Uint8Array, chunk: ResourceChunk, size: number, diagnostics: Diagnostics): number {
  const { start, headerSize, end } = chunk;
  const count = headerSize < 12 ? 0 : u32At(bytes, start + 8);
  const room = Math.floor(Math.max(0, end - start - headerSize) / size);
  if (headerSize < 12 || count > room) {
    const message = `a list announces ${count} items, there is room for ${room}; the platform refuses the table`;
    diagnostics.error('arsc.list.count', message, { offset: start });
  }
  return Math.min(count, room);
}

function fixedText(bytes: Uint8Array, start: number, most: number): string {
  let units = 0;
  while (units < most && u16At(bytes, start + units * 2) !== 0) units++;
  return utf16Text(bytes, start, units);
}
