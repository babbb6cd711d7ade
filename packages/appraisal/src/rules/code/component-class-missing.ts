import { attributeOf, inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';
import { sourceStates } from '../../sources.ts';

/**
 * Components that the manifest names and no DEX of the package defines: the class must come from somewhere else at run time.
 * Silent when code could not be read in full, and for base APKs of split apps, whose classes lie in other APKs.
 * Build tools leave single leftovers of libraries behind, so it takes the first screen, or half of all components.
 */
export const componentClassMissing: Rule = {
  id: 'android.code.component-class-missing',
  version: 1,
  title: 'Classes that the manifest names are not in the package',
  why: 'The app would crash unless the classes come from somewhere else at run time: unpacked, decrypted or downloaded.',
  remedy: 'Watch the app run and look at what it loads.',
  severity: 'medium',
  kind: 'behaviour',
  needs: ['manifest', 'code', 'archive'],
  malice: { base: 14 },
  dataRisk: { base: 3 },
  classes: ['dropper'],
  mappings: { masvs: ['MASVS-RESILIENCE-2'], attack: ['T1407', 'T1406.002'] },
  run(image) {
    const manifest = image.manifest;
    if (manifest === null || sourceStates(image).code.state !== 'readable' || image.code.dexFiles.length === 0)
      return null;
    const isSplit =
      attributeOf(manifest.root, 'isSplitRequired') === 'true' ||
      attributeOf(manifest.root, 'requiredSplitTypes') !== undefined ||
      (manifest.application?.children ?? []).some((child) =>
        attributeOf(child, 'name')?.startsWith('com.android.vending.splits'),
      );
    if (isSplit) return null;
    const isDefined = (name: string): boolean => image.code.definesClass(name);
    const named = manifest.components.filter(
      ({ kind, enabled, element }) =>
        kind !== 'activity-alias' && enabled && attributeOf(element, 'splitName') === undefined,
    );
    const missing = named.filter(({ name }) => !isDefined(name) && !isDefined(name.replaceAll('$', '.')));
    const launcherMissing = missing.some(({ intentFilters }) =>
      intentFilters.some((filter) => filter.categories.includes('android.intent.category.LAUNCHER')),
    );
    if (!launcherMissing && (missing.length < 2 || missing.length * 2 < named.length)) return null;
    return hit(missing.map(({ element }) => inManifest(element, 'no DEX of the package defines this class', 'name')));
  },
};
