import { buildAxml, type XmlNode } from '@vedette/formats/builders';
import type { FakeApp } from './fake-app.ts';

/** An app with a network security configuration of the given elements, under a name that a resource shrinker would give. */
export function appWithNetworkConfig(...children: readonly XmlNode[]): FakeApp {
  return {
    manifest: {
      permissions: ['android.permission.INTERNET'],
      application: { networkSecurityConfig: '@0x7f150003' },
    },
    files: { 'res/a1.xml': buildAxml({ name: 'network-security-config', children }) },
  };
}
