import { axmlToText, readAxml } from '@vedette/formats';
import { CliError, EXIT } from '../exit-code.ts';
import { columns } from './columns.ts';
import { hexDump } from './hex-dump.ts';
import { matcher } from './pattern.ts';
import type { Shown, View, ViewInput } from './view.ts';

/** Bytes of an entry that are shown as text. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** The files of the archive; of one of them, its content. */
export const entries: View = {
  name: 'entries',
  argument: '[PATH]',
  needs: [],
  show(input) {
    const { image, what } = input;
    const exact = what === null ? undefined : image.entries.find(({ path }) => path === what);
    return exact === undefined ? list(input) : content(exact, input);
  },
};

type Entry = ViewInput['image']['entries'][number];

function list({ image, what, limit }: ViewInput): Shown {
  const matches = what === null ? () => true : matcher(what);
  const found = image.entries.filter(({ path }) => matches(path));
  if (found.length === 0 && what !== null)
    throw new CliError(EXIT.failed, `${image.file.name} has no entry ${what}; see inspect FILE entries`);
  const shown = found.slice(0, limit ?? found.length);
  const data = shown.map(({ path, size, compressedSize, offset }) => ({ path, size, compressedSize, offset }));
  const rows = data.map(({ path, size, compressedSize }) => [size, compressedSize, path]);
  const left = found.length - shown.length;
  const text = columns([['size', 'packed', 'path'], ...rows]) + (left > 0 ? `… ${left} more; raise --limit\n` : '');
  return { data, text };
}

function content(entry: Entry, { limit }: ViewInput): Shown {
  const { value: bytes, diagnostics } = entry.read();
  const data = {
    path: entry.path,
    size: bytes.length,
    compressedSize: entry.compressedSize,
    offset: entry.offset,
    diagnostics,
  };
  const noticed = diagnostics.map(({ id, message }) => `${entry.path}: ${message} [${id}]\n`).join('');
  return { data: { ...data, ...asText(bytes) }, text: noticed + textOf(bytes, limit), raw: bytes };
}

function asText(bytes: Uint8Array): { readonly text?: string } {
  const text = decoded(bytes);
  return text === null ? {} : { text };
}

function textOf(bytes: Uint8Array, limit: number | null): string {
  const text = decoded(bytes);
  if (text === null) return hexDump(bytes, limit ?? undefined);
  return text.endsWith('\n') || text === '' ? text : `${text}\n`;
}

/** The text in it, or null when it is no text: binary XML is one, in its way. */
function decoded(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x03 && bytes[1] === 0 && bytes[2] === 0x08 && bytes[3] === 0) {
    const { value } = readAxml(bytes);
    if (value !== null) return axmlToText(value);
  }
  if (bytes.length > MAX_TEXT_BYTES || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
