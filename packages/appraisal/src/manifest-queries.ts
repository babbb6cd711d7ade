import type { Evidence } from '@vedette/contracts';
import type { AppImage, ManifestComponent } from '@vedette/program';
import { inManifest } from './evidence.ts';

/** Evidence for each of the given permissions the app asks for; short names are the platform's (`SEND_SMS`). */
export function requested(image: AppImage, permissions: readonly string[], note: string): readonly Evidence[] {
  const wanted = new Set(permissions.map(fullName));
  const seen = new Set<string>();
  return (image.manifest?.permissions ?? []).flatMap(({ name, element }) => {
    if (!wanted.has(name) || seen.has(name)) return [];
    seen.add(name);
    return [inManifest(element, note, 'name')];
  });
}

/** Whether the app asks for at least one of the given permissions. */
export function asksFor(image: AppImage, ...permissions: readonly string[]): boolean {
  const wanted = new Set(permissions.map(fullName));
  return (image.manifest?.permissions ?? []).some(({ name }) => wanted.has(name));
}

function fullName(permission: string): string {
  return permission.includes('.') ? permission : `android.permission.${permission}`;
}

/** Services and receivers that only the system may bind or call, by the permission that guards them, e.g. `BIND_VPN_SERVICE`. */
export function guardedBy(image: AppImage, permission: string): readonly ManifestComponent[] {
  return (image.manifest?.components ?? []).filter((component) => component.permission === fullName(permission));
}

/** Components with an intent filter for one of the actions. */
export function handling(image: AppImage, ...actions: readonly string[]): readonly ManifestComponent[] {
  return (image.manifest?.components ?? []).filter((component) =>
    component.intentFilters.some((filter) => filter.actions.some((action) => actions.includes(action))),
  );
}

/** Entries of the home screen: activities and aliases with MAIN and LAUNCHER (or LEANBACK_LAUNCHER). */
export function launchers(image: AppImage): readonly ManifestComponent[] {
  return (image.manifest?.components ?? []).filter((component) =>
    component.intentFilters.some(
      (filter) =>
        filter.actions.includes('android.intent.action.MAIN') &&
        filter.categories.some((category) => /^android\.intent\.category\.(?:LEANBACK_)?LAUNCHER$/.test(category)),
    ),
  );
}

/** Started when the phone starts. */
export function bootReceivers(image: AppImage): readonly ManifestComponent[] {
  return handling(
    image,
    'android.intent.action.BOOT_COMPLETED',
    'android.intent.action.LOCKED_BOOT_COMPLETED',
    'android.intent.action.QUICKBOOT_POWERON',
  );
}

export const SMS_RECEIVED = 'android.provider.Telephony.SMS_RECEIVED';
