/** Called for each keyword at each place, in the order of its last character; longer keywords that end there first. */
export type OnKeyword = (keyword: number, start: number) => void;

export interface KeywordSearch {
  /** Linear in the text and the keywords found in it; allocates nothing. */
  search(text: string, found: OnKeyword): void;
  /** Bytes of the table. */
  readonly tableBytes: number;
}

/** Characters beyond ASCII are in no keyword and share the class of all that is in none. */
const ASCII = 128;

/**
 * Aho-Corasick as a dense table: one row per state, one column per class of characters. ASCII letters match in either case. Every keyword is reported, also one that ends
 * inside of another: each state knows the next shorter one that ends a keyword.
 * Source: A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18 (1975).
 * @param keywords ASCII, none empty; their indices are what is reported
 * @throws RangeError for a keyword that is empty or not ASCII
 */
export function createKeywordSearch(keywords: readonly string[]): KeywordSearch {
  const { classes, width } = classesOf(keywords);
  const states = 1 + keywords.reduce((sum, keyword) => sum + keyword.length, 0);
  const next = new Int32Array(states * width);
  /** The keyword that ends at a state and, when several are alike, the others behind it; −1 for none. */
  const ending = new Int32Array(states).fill(-1);
  const alike = new Int32Array(keywords.length).fill(-1);
  let count = 1;
  for (const [index, keyword] of keywords.entries()) {
    let state = 0;
    for (let at = 0; at < keyword.length; at++) {
      const slot = state * width + (classes[keyword.charCodeAt(at)] ?? 0);
      if (next[slot] === 0) next[slot] = count++;
      state = next[slot] ?? 0;
    }
    alike[index] = ending[state] ?? -1;
    ending[state] = index;
  }
  const shorter = linkShorter(next, ending, width, count);
  const lengths = Int32Array.from(keywords, (keyword) => keyword.length);
  const reports = Uint8Array.from({ length: count }, (_, state) =>
    (ending[state] ?? -1) >= 0 || (shorter[state] ?? 0) > 0 ? 1 : 0,
  );

  const report = (state: number, end: number, found: OnKeyword): void => {
    for (let at = state; at > 0; at = shorter[at] ?? 0) {
      for (let keyword = ending[at] ?? -1; keyword >= 0; keyword = alike[keyword] ?? -1) {
        found(keyword, end - (lengths[keyword] ?? 0));
      }
    }
  };
  return {
    tableBytes: next.byteLength,
    search(text, found) {
      let state = 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        state = code < ASCII ? (next[state * width + (classes[code] ?? 0)] ?? 0) : 0;
        if (reports[state] === 1) report(state, at + 1, found);
      }
    },
  };
}

/** Column of each ASCII character: 0 for those in no keyword; the cases of a letter share one. */
function classesOf(keywords: readonly string[]): { readonly classes: Uint8Array; readonly width: number } {
  const classes = new Uint8Array(ASCII);
  let width = 1;
  for (const keyword of keywords) {
    if (keyword === '') throw new RangeError('a keyword is empty');
    for (let at = 0; at < keyword.length; at++) {
      const code = keyword.charCodeAt(at);
      if (code >= ASCII) throw new RangeError(`a keyword is not ASCII: ${keyword}`);
      if (classes[code] !== 0) continue;
      const letter = keyword.charAt(at);
      classes[letter.toLowerCase().charCodeAt(0)] = width;
      classes[letter.toUpperCase().charCodeAt(0)] = width++;
    }
  }
  return { classes, width };
}

/**
 * Fills the table so that no step has to go back, breadth first.
 * @returns of each state, the longest proper suffix that ends a keyword; 0 for none
 */
function linkShorter(next: Int32Array, ending: Int32Array, width: number, count: number): Int32Array {
  const suffix = new Int32Array(count);
  const shorter = new Int32Array(count);
  const queue: number[] = [];
  for (let column = 0; column < width; column++) if ((next[column] ?? 0) > 0) queue.push(next[column] ?? 0);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const behind = suffix[state] ?? 0;
    shorter[state] = (ending[behind] ?? -1) >= 0 ? behind : (shorter[behind] ?? 0);
    for (let column = 0; column < width; column++) {
      const slot = state * width + column;
      const child = next[slot] ?? 0;
      const fallback = next[behind * width + column] ?? 0;
      if (child === 0) next[slot] = fallback;
      else {
        suffix[child] = fallback;
        queue.push(child);
      }
    }
  }
  return shorter;
}
