import { forEachLine } from '../lines.ts';

/** A record of a JSON file, and the line it starts on where the file has one record a line. */
export interface JsonRecord {
  readonly value: unknown;
  readonly line: number | undefined;
}

/** Largest text given to `JSON.parse` at once, in bytes. */
const MAX_JSON_BYTES = 128 * 1024 * 1024;

/**
 * The records of a file that holds a JSON array or one JSON value a line (androidqf writes either). `complete` is false when
 * something could not be read: a cut file yields the records before the cut where it is in lines, none where it is an array.
 */
export function readJsonRecords(bytes: Uint8Array): {
  readonly records: readonly JsonRecord[];
  readonly complete: boolean;
} {
  const head = bytes.findIndex(
    (byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte < 0x80,
  );
  if (head === -1) return { records: [], complete: false };
  if (bytes[head] === 0x5b) {
    const value = bytes.length > MAX_JSON_BYTES ? undefined : parseJson(new TextDecoder().decode(bytes));
    if (!Array.isArray(value)) return { records: [], complete: false };
    return { records: value.map((entry: unknown) => ({ value: entry, line: undefined })), complete: true };
  }
  const records: JsonRecord[] = [];
  let complete = true;
  forEachLine(bytes, (text, line) => {
    if (text.trim() === '') return;
    const value = parseJson(text);
    if (value === undefined) complete = false;
    else records.push({ value, line });
  });
  return { records, complete };
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** A field of an unknown value as a string, or null. */
export function stringField(value: unknown, key: string): string | null {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : null;
}

/** A field of an unknown value, own properties only. */
export function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const field: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return field;
}
