import { createDiagnostics, type Diagnostics } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import type { AppResources } from '@vedette/formats';
import type { AndroidManifest } from '../app-image.ts';
import { booleanOf, createAttributeReader } from '../manifest-element.ts';
import { referenceIn, resolveFlag } from './resolve-flag.ts';

/** What a manifest is compared with. */
export interface AppAround {
  /** Whether the file is the base of the app; a split may say so in its manifest. */
  readonly isBase: boolean;
  /** Names of the archive's entries, duplicates included. */
  readonly entryNames: readonly string[];
  /** Whether the app's code has the class, by its Java name; null while no code could be read. */
  readonly hasClass: ((name: string) => boolean) | null;
  readonly resources: AppResources | null;
}

/** Flags of the application, and of components, that decide who may do what. */
const APPLICATION_FLAGS = [
  'debuggable',
  'allowBackup',
  'usesCleartextTraffic',
  'testOnly',
  'extractNativeLibs',
  'hasCode',
];
const COMPONENT_FLAGS = ['exported', 'enabled', 'grantUriPermissions'];

/** What only shows beside the rest of the app: other manifests, code that is missing, flags that are resources. */
export function checkManifestInApp(manifest: AndroidManifest, app: AppAround): readonly Diagnostic[] {
  const diagnostics = createDiagnostics();
  checkEntries(app.entryNames, diagnostics);
  const { plain } = createAttributeReader(manifest.root);
  const split = plain(manifest.root, 'split');
  if (app.isBase && split !== null && split !== '') {
    const message = `the base says that it is the split "${split.slice(0, 60)}"`;
    diagnostics.warning('manifest.split.in-base', message);
  }
  if (app.hasClass !== null) checkClasses(manifest, app.hasClass, diagnostics);
  checkFlags(manifest, app.resources, diagnostics);
  return diagnostics.list();
}

/** The platform opens the first entry of exactly this name; others are for tools that unpack into folders. */
function checkEntries(names: readonly string[], diagnostics: Diagnostics): void {
  const exact = names.filter((name) => name === 'AndroidManifest.xml').length;
  if (exact > 1) {
    diagnostics.error('manifest.duplicate', `${exact} entries are called AndroidManifest.xml; the first was taken`);
  }
  for (const name of names) {
    if (name === 'AndroidManifest.xml' || name.length > 200) continue;
    const plain = name
      .replace(/[^\x21-\x7e]/g, '')
      .replace(/^[./\\]+/, '')
      .replace(/[./\\]+$/, '');
    if (plain.toLowerCase() !== 'androidmanifest.xml') continue;
    const message = `an entry is called almost as the manifest: ${JSON.stringify(name)}`;
    diagnostics.warning('manifest.decoy', message);
  }
}

function checkClasses(manifest: AndroidManifest, hasClass: (name: string) => boolean, diagnostics: Diagnostics): void {
  for (const { kind, name, element } of manifest.components) {
    // An alias has no class of its own.
    if (kind === 'activity-alias' || name === '' || hasClass(name)) continue;
    const message = `the class of <${kind}> is not in the app's code: it may come from elsewhere at run time`;
    diagnostics.note('manifest.component.missing-class', message, { where: element.path });
  }
}

function checkFlags(manifest: AndroidManifest, resources: AppResources | null, diagnostics: Diagnostics): void {
  const { android } = createAttributeReader(manifest.root);
  const elements = [
    { element: manifest.application, flags: APPLICATION_FLAGS },
    ...manifest.components.map(({ element }) => ({ element, flags: COMPONENT_FLAGS })),
  ];
  for (const { element, flags } of elements) {
    if (element === null) continue;
    for (const name of flags) {
      const value = android(element, name);
      if (value === null || booleanOf(value) !== null || referenceIn(value) === null) continue;
      const place = { where: element.path };
      const { values, complete } = resolveFlag(value, resources);
      if (values.length > 1) {
        const message = `android:${name} is a resource that is true for some devices and false for others`;
        diagnostics.warning('manifest.value.varies', message, place);
      } else if (values.length === 1 && complete) {
        diagnostics.note('manifest.value.resource', `android:${name} is a resource: ${values[0]}`, place);
      } else {
        const message = `android:${name} is ${value.slice(0, 60)}, of which not every value is known`;
        diagnostics.warning('manifest.value.unresolved', message, place);
      }
    }
  }
}
