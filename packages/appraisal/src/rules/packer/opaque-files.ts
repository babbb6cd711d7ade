import type { AppEntry } from '@vedette/program';
import type { RuleContext } from '../../rule-context.ts';

/** Bits per byte over 4 KiB: random bytes have about 7.95, text 4 to 5, code 6. What is left above this is compressed or encrypted. */
const OPAQUE_FROM = 7.85;
const MIN_BYTES = 50_000;

/** First bytes of formats that are compressed by nature. */
const COMPRESSED: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x52, 0x49, 0x46, 0x46], // RIFF: WebP, WAV
  [0x50, 0x4b], // ZIP
  [0x1f, 0x8b], // gzip
  [0x78, 0x01],
  [0x78, 0x9c],
  [0x78, 0xda], // zlib
  [0x42, 0x5a, 0x68], // bzip2
  [0xfd, 0x37, 0x7a, 0x58], // xz
  [0x5d, 0x00, 0x00], // LZMA
  [0x28, 0xb5, 0x2f, 0xfd], // Zstandard
  [0x04, 0x22, 0x4d, 0x18], // LZ4
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x4f, 0x67, 0x67, 0x53], // Ogg
  [0x49, 0x44, 0x33], // MP3 with ID3
  [0xff, 0xfb],
  [0xff, 0xf3],
  [0xff, 0xf1], // MP3, AAC
  [0x66, 0x4c, 0x61, 0x43], // FLAC
  [0x1a, 0x45, 0xdf, 0xa3], // Matroska, WebM
  [0x77, 0x4f, 0x46], // WOFF
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x55, 0x6e, 0x69, 0x74, 0x79], // Unity bundle
  [0x4b, 0x54, 0x58], // KTX
  [0x13, 0xab, 0xa1, 0x5c], // ASTC
];

/** Names of formats that say nothing at their start: models, textures, brotli. */
const KNOWN_NAME = /\.(?:br|tflite|onnx|pb|pvr|basis|ktx2?|astc|m4a|mp4|mov|3gp|aac|opus|tzdata|dict|pak|blob)$/i;

/** Files of 50,000 bytes and more whose beginning is as good as random and of no known format, largest first. */
export function opaqueFiles(ctx: RuleContext): readonly AppEntry[] {
  return ctx
    .heads()
    .filter(({ entry, head }) => entry.size >= MIN_BYTES && !KNOWN_NAME.test(entry.path) && isOpaque(head))
    .map(({ entry }) => entry)
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
}

function isOpaque(head: Uint8Array): boolean {
  if (head.length < 4_096 || COMPRESSED.some((magic) => magic.every((byte, at) => head[at] === byte))) return false;
  // ISO media: a size, then `ftyp`.
  if (head[4] === 0x66 && head[5] === 0x74 && head[6] === 0x79 && head[7] === 0x70) return false;
  const counts = new Uint32Array(256);
  for (const byte of head) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / head.length) * Math.log2(count / head.length);
  return bits >= OPAQUE_FROM;
}
