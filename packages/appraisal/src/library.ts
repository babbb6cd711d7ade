import { libraryByName } from './libraries/library-by-name.ts';

/**
 * The library whose name a class carries, null for the app's own code.
 *
 * A name proves nothing: anyone can call a package `androidx`. So this only lowers the weight of findings that are normal in libraries;
 * it never silences a rule. Libraries for security do by design what rules look for, so their code counts like the app's own.
 * @param className Java name, e.g. `androidx.work.Worker`
 */
export function libraryOf(className: string): string | null {
  const found = libraryByName(className);
  return found === null || found.row.category === 'security' ? null : found.package;
}
