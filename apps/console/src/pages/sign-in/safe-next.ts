/**
 * Where to go after the sign-in: a path of this console and nothing else, so that a prepared link cannot lead away (CWE-601).
 * @param next from the address; untrusted
 */
export function safeNext(next: string | undefined): string {
  if (
    next === undefined ||
    !next.startsWith('/') ||
    next.startsWith('//') ||
    next.includes('\\') ||
    next.startsWith('/signin')
  )
    return '/';
  // Browsers drop tabs and line breaks from an address, which would turn "/\t/host" into "//host".
  return Array.from(next).some((char) => char < ' ') ? '/' : next;
}
