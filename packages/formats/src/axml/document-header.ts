import { type Diagnostics, hex, u16At, u32At } from '@vedette/bytes';
import { CHUNK_XML } from './chunk-types.ts';

/** Where the chunks of a document are, in bytes; null when it is none. */
export function documentBody(bytes: Uint8Array, diagnostics: Diagnostics): { start: number; end: number } | null {
  if (bytes.length < 8) {
    diagnostics.error('axml.truncated', `${bytes.length} bytes are no binary XML`);
    return null;
  }
  if (isPlainXml(bytes)) {
    diagnostics.error('axml.plain-xml', 'the document is XML text, which the platform does not read');
    return null;
  }
  const type = u16At(bytes, 0);
  const headerSize = u16At(bytes, 2);
  const size = u32At(bytes, 4);
  if (type !== CHUNK_XML) {
    diagnostics.warning('axml.outer-type', `outer chunk type ${hex(type, 4)}, not 0x0003`, { offset: 0 });
  }
  if (headerSize !== 8) {
    const level = headerSize < 8 || headerSize > Math.min(size, bytes.length) ? 'error' : 'warning';
    diagnostics[level]('axml.outer-header-size', `outer header of ${headerSize} bytes, not 8`, { offset: 2 });
  }
  if (size > bytes.length) {
    const message = `declares ${size} bytes, there are ${bytes.length}: the platform refuses the document`;
    diagnostics.error('axml.declared-size', message, { offset: 4 });
  } else if (size < bytes.length) {
    diagnostics.warning('axml.trailing-data', `${bytes.length - size} bytes behind the declared end`, { offset: size });
  }
  const start = headerSize >= 8 && headerSize < bytes.length ? headerSize : 8;
  return { start, end: size > start && size <= bytes.length ? size : bytes.length };
}

/** `<` or a byte order mark, where binary XML has 0x03. */
function isPlainXml(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  if (first === 0x3c) return true;
  if (first === 0xef && second === 0xbb && third === 0xbf) return true;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
