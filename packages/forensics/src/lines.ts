/** Longest line handed to a parser, in UTF-16 units; the rest of a longer line is dropped. Real dumps stay far below. */
export const MAX_LINE_LENGTH = 16_384;

const CHUNK_BYTES = 65_536;
const LINE_FEED = 10;

/** Something fed with the lines of one text, in order. `end` is called once, after the last line. */
export interface LineReader {
  line(text: string, number: number): void;
  end(): void;
}

/**
 * Walks over the lines of a text without ever holding more than one chunk of it as a string: a bug report of hundreds of
 * megabytes costs its bytes and little more. Line numbers start at 1; `\r\n` and `\n` both end a line. Bytes that are not
 * UTF-8 read as U+FFFD. The visitor stops the walk by returning false.
 */
export function forEachLine(bytes: Uint8Array, visit: (text: string, number: number) => boolean | void): void {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: false });
  let number = 1;
  let start = 0;
  while (start < bytes.length) {
    // A chunk ends at a line end where there is one, so that no character and no line is cut in normal text.
    let end = Math.min(start + CHUNK_BYTES, bytes.length);
    if (end < bytes.length) {
      const cut = bytes.lastIndexOf(LINE_FEED, end - 1);
      if (cut >= start) end = cut + 1;
      else {
        const next = bytes.indexOf(LINE_FEED, end);
        end = next === -1 ? bytes.length : next + 1;
      }
    }
    const visible = end - start > CHUNK_BYTES ? start + CHUNK_BYTES : end;
    const chunk = decoder.decode(bytes.subarray(start, visible));
    let from = 0;
    while (from < chunk.length) {
      let to = chunk.indexOf('\n', from);
      if (to === -1) to = chunk.length;
      const stop = to > from && chunk.charCodeAt(to - 1) === 13 ? to - 1 : to;
      if (visit(chunk.slice(from, Math.min(stop, from + MAX_LINE_LENGTH)), number) === false) return;
      number += 1;
      from = to + 1;
    }
    start = end;
  }
}

/** Feeds all lines of a text to a reader and ends it. */
export function feedLines(bytes: Uint8Array, reader: LineReader): void {
  forEachLine(bytes, (text, number) => reader.line(text, number));
  reader.end();
}
