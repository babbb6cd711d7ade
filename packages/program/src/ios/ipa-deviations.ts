import type { Diagnostics } from '@vedette/bytes';
import type { InjectedLibrary, IosBinary, IosBundle } from './ios-app.ts';

export interface IpaParts {
  readonly main: IosBundle;
  readonly nested: readonly IosBundle[];
  readonly binaries: readonly IosBinary[];
  readonly injectedLibraries: readonly InjectedLibrary[];
  readonly otherApps: readonly string[];
}

/** What about the app is unlike an honest one, under the ids of `IPA_TRICKS`. */
export function reportDeviations(parts: IpaParts, diagnostics: Diagnostics): void {
  const { main, nested, binaries, injectedLibraries, otherApps } = parts;
  if (otherApps.length > 0) {
    const message = `${otherApps.length + 1} apps in one archive; ${main.path} is read, as the first one is installed`;
    diagnostics.warning('ipa.several-apps', message, { where: otherApps[0] ?? '' });
  }
  for (const bundle of nested) {
    if (bundle.kind === 'framework') continue;
    diagnostics.note('ipa.nested', `the app brings a nested ${bundle.kind}`, { where: bundle.path });
    const mustBegin = main.bundleId === null ? null : `${main.bundleId}.`;
    if (mustBegin !== null && bundle.bundleId !== null && !bundle.bundleId.startsWith(mustBegin)) {
      const message = `its identifier ${bundle.bundleId} does not begin with that of the app, ${main.bundleId}`;
      diagnostics.warning('ipa.bundle-id.mismatch', message, { where: bundle.path });
    }
  }
  for (const { path, role } of binaries) {
    if (role === 'other')
      diagnostics.warning('ipa.code.disguised', 'Mach-O code that no bundle names', { where: path });
  }
  for (const { path, loadPath, loadedBy } of injectedLibraries) {
    const what = path === null ? 'which is not in the archive' : 'a library that belongs to no framework';
    diagnostics.warning('ipa.library.injected', `${loadedBy} loads ${loadPath}, ${what}`, { where: path ?? loadedBy });
  }
}
