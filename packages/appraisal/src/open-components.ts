import type { Evidence } from '@vedette/contracts';
import type { AppImage, ComponentKind, ManifestComponent } from '@vedette/program';
import { attributeOf, inManifest } from './evidence.ts';

/** Actions that the platform alone may send, or that it answers for: a component that serves only these is meant to be reachable. */
const SYSTEM_ACTION =
  /^(?:android\.intent\.action\.(?:MAIN|BOOT_COMPLETED|LOCKED_BOOT_COMPLETED|MY_PACKAGE_REPLACED|PACKAGE_\w+|ACTION_POWER_\w+|BATTERY_\w+|LOCALE_CHANGED|TIMEZONE_CHANGED|TIME_SET|DEVICE_STORAGE_\w+|USER_PRESENT)|android\.(?:net|bluetooth|hardware\.usb|location|app\.action|provider\.Telephony|service|view|accounts|content\.SyncAdapter|telecom)\b.*|com\.android\.vending\.INSTALL_REFERRER)$/;

/** Components of a kind that every other app may reach: exported, enabled and without a permission. Launchers are left out. */
export function openComponents(image: AppImage, ...kinds: readonly ComponentKind[]): readonly ManifestComponent[] {
  const application = image.manifest?.application ?? null;
  // A permission of <application> guards every component that has none of its own.
  if (application !== null && attributeOf(application, 'permission') !== undefined) return [];
  return (image.manifest?.components ?? []).filter(
    (component) =>
      kinds.includes(component.kind) &&
      component.exported &&
      component.enabled &&
      component.permission === null &&
      !servesSystemOnly(component),
  );
}

/** Evidence for a component: what exports it. */
export function exportedEvidence(component: ManifestComponent): Evidence {
  const { element, exportedBy } = component;
  switch (exportedBy) {
    case 'declared':
      return inManifest(element, 'exported, and no permission is asked of the caller', 'exported');
    case 'intent-filter':
      return inManifest(element, 'exported by its intent filter, and no permission is asked of the caller', 'name');
    case 'default':
      return inManifest(
        element,
        'exported by the default of its target SDK, and no permission is asked of the caller',
        'name',
      );
  }
}

function servesSystemOnly(component: ManifestComponent): boolean {
  const actions = component.intentFilters.flatMap((filter) => filter.actions);
  return actions.length > 0 && actions.every((action) => SYSTEM_ACTION.test(action));
}
