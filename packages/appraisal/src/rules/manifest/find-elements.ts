import type { XmlElement } from '@vedette/formats';
import type { AppImage, ComponentKind, ManifestComponent, ManifestElement } from '@vedette/program';
import { attributeOf, inFile, inManifest } from '../../evidence.ts';
import { type ResourceRoot, type ResourceXml, xmlResources } from '../../resource-xml.ts';
import type { Finder } from '../../rule-table.ts';

/** Whether the value of an attribute is what a rule looks for; undefined when it is not written. */
export type ValueTest = (value: string | undefined) => boolean;

/** `<application>` with an attribute of such a value. */
export function applicationWith(attribute: string, test: ValueTest, note: string): Finder {
  return ({ manifest }) => {
    const application = manifest?.application ?? null;
    if (application === null || !test(attributeOf(application, attribute))) return [];
    return [inManifest(application, note, attribute)];
  };
}

/** Components that are enabled and of which this holds. */
export function componentsWhere(
  holds: (component: ManifestComponent, image: AppImage) => boolean,
  note: string,
  attribute = 'name',
): Finder {
  return (image) =>
    (image.manifest?.components ?? [])
      .filter((component) => component.enabled && holds(component, image))
      .map(({ element }) => inManifest(element, note, attribute));
}

/** Components of some kinds with an attribute of such a value. */
export function componentsWith(
  kinds: readonly ComponentKind[],
  attribute: string,
  test: ValueTest,
  note: string,
): Finder {
  return componentsWhere(
    ({ kind, element }) => kinds.includes(kind) && test(attributeOf(element, attribute)),
    note,
    attribute,
  );
}

/** Elements of a name right below another. */
export function childrenOf(element: ManifestElement | null | undefined, name: string): readonly ManifestElement[] {
  return (element?.children ?? []).filter((child) => child.name === name);
}

/** Evidence for what is noticed in XML resources of a kind: for each, the lines with what is to be said of them. */
export function inResources(
  root: ResourceRoot,
  look: (resource: ResourceXml, image: AppImage) => readonly { readonly element: XmlElement; readonly note: string }[],
): Finder {
  return (image, ctx) =>
    xmlResources(ctx.heads(), root).flatMap((resource) =>
      look(resource, image).map(({ element, note }) =>
        inFile(resource.path, `${note}${element.line > 0 ? `, line ${element.line}` : ''}`),
      ),
    );
}
