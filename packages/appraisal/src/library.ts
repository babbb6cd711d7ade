import { LIBRARY_PREFIXES } from './data/library-prefixes.ts';

/**
 * The library whose name a class carries, null for the app's own code.
 *
 * A name proves nothing: anyone can call a package `androidx`. So this only lowers the weight of findings that are normal in libraries;
 * it never silences a rule.
 * @param className Java name, e.g. `androidx.work.Worker`
 */
export function libraryOf(className: string): string | null {
  for (const prefix of LIBRARY_PREFIXES) {
    if (className.startsWith(prefix)) return prefix.slice(0, -1);
  }
  return null;
}
