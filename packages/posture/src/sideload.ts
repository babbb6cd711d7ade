import type { InstalledApp } from '@vedette/contracts';
import { HAND_INSTALLERS, STORES, SYSTEM_INSTALLERS } from './data/installers.ts';

/** Why an app counts as sideloaded. */
export interface Sideload {
  /** `no-installer`, `by-hand` (browser, file manager, adb), `unlisted-installer`, `made-up-installer`. */
  readonly kind: 'no-installer' | 'by-hand' | 'unlisted-installer' | 'made-up-installer';
  /** For people: `downloaded with Chrome`. */
  readonly how: string;
}

/**
 * Whether an app came from elsewhere than a store, and how. Apps of the system are not asked; approved packages neither.
 * An installer name can be made up by whoever installs over USB; the initiator (Android 11 and later) then shows it.
 */
export function sideloadOf(app: InstalledApp, approved: ReadonlySet<string> = new Set()): Sideload | null {
  if (app.system || approved.has(app.package)) return null;
  const installer = app.installer;
  const initiator = app.initiator ?? null;
  if (installer !== null && (STORES.has(installer) || SYSTEM_INSTALLERS.has(installer))) {
    if (initiator !== null && initiator !== installer && HAND_INSTALLERS.has(initiator)) {
      const name = STORES.get(installer) ?? SYSTEM_INSTALLERS.get(installer) ?? installer;
      return { kind: 'made-up-installer', how: `says ${name}, but was ${HAND_INSTALLERS.get(initiator) ?? initiator}` };
    }
    return null;
  }
  if (installer === null) return { kind: 'no-installer', how: 'no store recorded' };
  const byHand = HAND_INSTALLERS.get(installer);
  if (byHand !== undefined) return { kind: 'by-hand', how: byHand };
  return { kind: 'unlisted-installer', how: `installed by ${installer}` };
}

/** The store or installer of an app, for people. */
export function installerName(installer: string | null): string {
  if (installer === null) return 'none recorded';
  return STORES.get(installer) ?? SYSTEM_INSTALLERS.get(installer) ?? installer;
}
