import type { Diagnostics } from '@vedette/bytes';
import { hasDeceptiveCharacters } from '@vedette/formats';
import type { AndroidManifest, ManifestComponent } from '../app-image.ts';
import { className } from '../manifest-components.ts';
import { createAttributeReader } from '../manifest-element.ts';

/** What the runtime takes in the name of a class: anything but what separates names in a descriptor (Dalvik executable format, "SimpleName"). */
const NO_CLASS_NAME = /[\s;[/<>:"\\^`{|}~@#%&*()+=,!?]/;

/** Names of components: missing, impossible, or made to look like others; aliases that lead nowhere. */
export function checkNames(manifest: AndroidManifest, diagnostics: Diagnostics): void {
  const { android } = createAttributeReader(manifest.root);
  const activities = new Set<string>();
  for (const component of manifest.components) {
    const { kind, element } = component;
    const place = { where: element.path };
    const written = android(element, 'name');
    if (written === null || written === '') {
      const message = `<${kind}> has no name: the installer refuses the app`;
      diagnostics.error('manifest.component.unnamed', message, place);
    } else checkClassName(component, diagnostics);
    if (kind === 'activity') activities.add(component.name);
    if (kind !== 'activity-alias') continue;
    const target = android(element, 'targetActivity');
    if (target === null || !activities.has(className(target, manifest.package))) {
      const message = 'an alias whose activity is not declared before it: the installer refuses the app';
      diagnostics.error('manifest.alias.target', message, place);
    }
  }
}

function checkClassName({ name, element }: ManifestComponent, diagnostics: Diagnostics): void {
  const place = { where: element.path };
  if (hasDeceptiveCharacters(name)) {
    const message = 'the name of a component has characters that are not seen or change the direction of reading';
    diagnostics.warning('manifest.component.name', message, place);
  } else if (NO_CLASS_NAME.test(name) || name.includes('..') || name.endsWith('.')) {
    const message = 'the name of a component cannot be that of a class, so it cannot be started';
    diagnostics.warning('manifest.component.name', message, place);
  }
}
