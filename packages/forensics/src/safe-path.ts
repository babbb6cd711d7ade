/** The path of an entry of an archive inside the archive's own folder; null for folders and for names that lead out of it. */
export function safePath(name: string): string | null {
  if (name.endsWith('/') || name.includes('\0')) return null;
  const parts = name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/');
}
