import { buildAxml, type XmlNode } from '@vedette/formats/builders';
import type { FakeApp } from './fake-app.ts';

/** An app with an XML resource, under a name that a resource shrinker would give. */
export function appWithXml(root: XmlNode, app: FakeApp = {}): FakeApp {
  return { ...app, files: { 'res/a1.xml': buildAxml(root) } };
}
