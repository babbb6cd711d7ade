import { u32At } from '@vedette/bytes';

/** A style over a part of a string: `b`, `font;color=#ff0000`, over the characters from `first` to `last`, both included. */
export interface StyleSpan {
  readonly tag: string;
  readonly first: number;
  readonly last: number;
}

const END = 0xffff_ffff;
/** Spans of one string that are read; the longest help texts have some dozens. */
const MAX_SPANS = 4_096;

/** `ResStringPool_span`s from `offset` up to the mark of their end. */
export function readStyles(
  bytes: Uint8Array,
  offset: number,
  end: number,
  string: (index: number) => string | null,
): readonly StyleSpan[] {
  const spans: StyleSpan[] = [];
  for (let at = offset; at + 12 <= end && spans.length < MAX_SPANS; at += 12) {
    const name = u32At(bytes, at);
    if (name === END) break;
    spans.push({ tag: string(name) ?? '', first: u32At(bytes, at + 4), last: u32At(bytes, at + 8) });
  }
  return spans;
}
