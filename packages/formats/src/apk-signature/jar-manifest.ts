import { utf8Text } from '@vedette/bytes';

/** A section of MANIFEST.MF or of a signature file, with its place: digests are taken over its bytes. */
export interface JarSection {
  /** Value of `Name`, if that is the section's first attribute; else null. */
  readonly name: string | null;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** In bytes; the empty line that ends the section included. */
  readonly start: number;
  readonly end: number;
}

export interface JarManifest {
  readonly main: JarSection;
  readonly sections: readonly JarSection[];
  /** False when there are more lines than are read. */
  readonly complete: boolean;
}

/** An app of 100,000 entries has some 400,000; each line costs memory many times its size. */
const MAX_LINES = 600_000;

const NO_SECTION: JarSection = { name: null, attributes: [], start: 0, end: 0 };

/**
 * Reads a manifest as Android does (JAR File Specification, "Name-Value pairs and Sections"; apksig, ManifestParser):
 * lines end with CR, LF or both, a line that begins with a space goes on with the one before, an empty line ends a
 * section, name and value are parted by a colon and a space. Nothing is malformed; costs time linear in the input. What
 * stands behind 600,000 lines is not read.
 */
export function readJarManifest(bytes: Uint8Array): JarManifest {
  const sections: JarSection[] = [];
  let lines: Uint8Array[][] = [];
  let start = 0;
  const close = (end: number): void => {
    if (lines.length > 0) sections.push(section(lines, start, end));
    lines = [];
    start = end;
  };
  let lineCount = 0;
  let at = 0;
  while (at < bytes.length && lineCount < MAX_LINES) {
    lineCount += 1;
    let end = at;
    while (end < bytes.length && bytes[end] !== 0x0d && bytes[end] !== 0x0a) end += 1;
    let next = Math.min(end + 1, bytes.length);
    if (bytes[end] === 0x0d && bytes[next] === 0x0a) next += 1;
    if (end === at) {
      close(next);
    } else {
      if (lines.length === 0) start = at;
      const last = lines.at(-1);
      if (bytes[at] === 0x20 && last !== undefined) last.push(bytes.subarray(at + 1, end));
      else lines.push([bytes.subarray(at, end)]);
    }
    at = next;
  }
  close(at);
  const [main = NO_SECTION, ...rest] = sections;
  return { main, sections: rest, complete: at >= bytes.length };
}

function section(lines: readonly (readonly Uint8Array[])[], start: number, end: number): JarSection {
  const attributes = lines.map((parts): readonly [string, string] => {
    const text = utf8Text(joined(parts));
    const colon = text.indexOf(': ');
    return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 2)];
  });
  const [first] = attributes;
  const name = first !== undefined && first[0].toLowerCase() === 'name' ? first[1] : null;
  return { name, attributes, start, end };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Value of the first attribute of this name, whatever its case; null without. */
export function jarAttribute(section: JarSection, name: string): string | null {
  const wanted = name.toLowerCase();
  return section.attributes.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}
