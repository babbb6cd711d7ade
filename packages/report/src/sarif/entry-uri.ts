import { printable } from '../text/printable.ts';

/**
 * The path of an archive entry as a relative URI (RFC 3986): every segment percent-encoded, none of them empty, `.` or `..`. A hostile archive may name
 * `../../etc/passwd` or `javascript:x`; neither may lead a viewer anywhere.
 */
export function entryUri(path: string): string {
  const segments = printable(path)
    .split(/[/\\](?!u[0-9a-f]{4})/)
    .filter((segment) => segment !== '')
    .map((segment) => (/^\.+$/.test(segment) ? segment.replaceAll('.', '_') : segment));
  return segments.length === 0 ? '_' : segments.map(encodeURIComponent).join('/');
}
