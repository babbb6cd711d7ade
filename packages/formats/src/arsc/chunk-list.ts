import { type Diagnostics, u16At, u32At } from '@vedette/bytes';

/** One chunk: `[start, end)` in bytes; its own fields end where `start + headerSize` is. */
export interface ResourceChunk {
  readonly type: number;
  readonly start: number;
  readonly headerSize: number;
  readonly end: number;
}

/**
 * The chunks in `bytes[start, end)`, one behind the other (AOSP androidfw `ChunkIterator`). A chunk that is larger than
 * what is left ends the list quietly on the platform; it is given here, cut. A header smaller than 8 bytes, larger than its
 * chunk, or sizes that are no multiple of four make the platform refuse the table; the list ends or goes on where it can.
 */
export function* listChunks(
  bytes: Uint8Array,
  start: number,
  end: number,
  diagnostics: Diagnostics,
): Generator<ResourceChunk> {
  let offset = start;
  while (offset + 8 <= end) {
    const headerSize = u16At(bytes, offset + 2);
    const size = u32At(bytes, offset + 4);
    if (size < 8 || headerSize < 8 || headerSize > size) {
      const message = `a chunk of ${size} bytes with a header of ${headerSize}, which the platform refuses`;
      diagnostics.error('arsc.chunk.size', message, { offset });
      if (size < 8) return;
    }
    if (((headerSize | size) & 3) !== 0) {
      const message = `a chunk of ${size} bytes with a header of ${headerSize}: not multiples of four, which the platform refuses`;
      diagnostics.error('arsc.chunk.alignment', message, { offset });
    }
    if (offset + size > end) {
      const message = `a chunk of ${size} bytes where ${end - offset} are left; the platform leaves it out`;
      diagnostics.warning('arsc.chunk.truncated', message, { offset });
    }
    const chunkEnd = Math.min(offset + size, end);
    const type = u16At(bytes, offset);
    yield { type, start: offset, headerSize: Math.min(Math.max(headerSize, 8), chunkEnd - offset), end: chunkEnd };
    offset += size;
  }
  if (offset < end) {
    diagnostics.warning('arsc.trailing-data', `${end - offset} bytes that are no chunk`, { offset });
  }
}
