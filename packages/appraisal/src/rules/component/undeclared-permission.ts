import { inManifest } from '../../evidence.ts';
import { hit, type Rule } from '../../rule.ts';

/** Source: Android permission model: whoever is installed first defines a permission, and with it its protection level. */
export const undeclaredPermission: Rule = {
  id: 'android.component.undeclared-permission',
  version: 1,
  title: 'A component is guarded by a permission that the app forgot to define',
  why: 'The permission carries the app’s own name, yet the app does not define it. Another app can define it first, at the lowest level, and walk in.',
  remedy: 'Define the permission in the manifest with android:protectionLevel="signature", and check its spelling.',
  severity: 'low',
  kind: 'weakness',
  needs: ['manifest'],
  dataRisk: { base: 4, step: 1, max: 8 },
  classes: ['vulnerability'],
  mappings: { masvs: ['MASVS-PLATFORM-1'], cwe: ['CWE-732'] },
  run(image) {
    const manifest = image.manifest;
    if (manifest === null || manifest.package === '') return null;
    const defined = new Set(manifest.declaredPermissions.map(({ name }) => name));
    return hit(
      manifest.components.flatMap(({ exported, enabled, permission, element }) => {
        if (!exported || !enabled || permission === null || defined.has(permission)) return [];
        if (!permission.startsWith(`${manifest.package}.`)) return [];
        return [inManifest(element, `guarded by ${permission}, which is defined nowhere in this app`, 'permission')];
      }),
    );
  },
};
