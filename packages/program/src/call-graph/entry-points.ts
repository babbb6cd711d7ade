import type { AndroidManifest, ManifestComponent } from '../app-image.ts';
import { className } from '../manifest-components.ts';
import { createAttributeReader } from '../manifest-element.ts';

/** A class that the platform makes and calls because the manifest names it. */
export interface EntryPoint {
  /** What it is to a person: `activity`, `accessibility service`, `application`. */
  readonly kind: string;
  /** Java name. */
  readonly class: string;
  /** Whether other apps can start it. */
  readonly exported: boolean;
}

/** What a component is for, by the permission that its caller, the system, must hold. */
const KINDS_BY_PERMISSION: ReadonlyMap<string, string> = new Map([
  ['android.permission.BIND_ACCESSIBILITY_SERVICE', 'accessibility service'],
  ['android.permission.BIND_NOTIFICATION_LISTENER_SERVICE', 'notification listener'],
  ['android.permission.BIND_INPUT_METHOD', 'input method'],
  ['android.permission.BIND_VPN_SERVICE', 'VPN service'],
  ['android.permission.BIND_DEVICE_ADMIN', 'device admin'],
  ['android.permission.BIND_JOB_SERVICE', 'job service'],
  ['android.permission.BIND_WALLPAPER', 'wallpaper service'],
  ['android.permission.BIND_DREAM_SERVICE', 'screen saver'],
  ['android.permission.BIND_AUTOFILL_SERVICE', 'autofill service'],
  ['android.permission.BIND_CALL_REDIRECTION_SERVICE', 'call redirection service'],
  ['android.permission.BIND_SCREENING_SERVICE', 'call screening service'],
  ['android.permission.BIND_INCALL_SERVICE', 'in-call service'],
  ['android.permission.BIND_NFC_SERVICE', 'NFC service'],
  ['android.permission.BIND_QUICK_SETTINGS_TILE', 'quick settings tile'],
  ['android.permission.BIND_REMOTEVIEWS', 'widget service'],
]);

/** Classes that `application` names besides its components. */
const APPLICATION_CLASSES: readonly (readonly [attribute: string, kind: string])[] = [
  ['name', 'application'],
  ['backupAgent', 'backup agent'],
  ['appComponentFactory', 'component factory'],
  ['zygotePreloadName', 'zygote preload'],
];

/** Most entry points: the platform's own limit on a manifest is lower. */
const MAX_ENTRIES = 20_000;

/**
 * Entry points of a manifest in document order, the application first. Disabled components count: code can enable them.
 * An alias stands for the activity it names.
 */
export function manifestEntryPoints(manifest: AndroidManifest): readonly EntryPoint[] {
  const { android } = createAttributeReader(manifest.root);
  const named = (name: string | null): string => className(name ?? '', manifest.package);
  const entries: EntryPoint[] = [];
  const { application, root } = manifest;
  if (application !== null) {
    for (const [attribute, kind] of APPLICATION_CLASSES) {
      entries.push({ kind, class: named(android(application, attribute)), exported: false });
    }
  }
  for (const component of manifest.components) {
    const { exported, element } = component;
    const target = component.kind === 'activity-alias' ? named(android(element, 'targetActivity')) : component.name;
    entries.push({ kind: kindOf(component), class: target, exported });
  }
  for (const element of root.children) {
    if (element.name !== 'instrumentation') continue;
    entries.push({ kind: 'instrumentation', class: named(android(element, 'name')), exported: false });
  }
  return entries.filter((entry) => entry.class !== '').slice(0, MAX_ENTRIES);
}

function kindOf({ kind, permission }: ManifestComponent): string {
  if (kind === 'activity-alias') return 'activity';
  return (permission === null ? undefined : KINDS_BY_PERMISSION.get(permission)) ?? kind;
}
