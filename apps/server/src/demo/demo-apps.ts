import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { messageThiefPattern, ZOO } from '@vedette/testkit';

/** APKs that packages of the registry ship: real apps, appraised as any other. */
const SHIPPED: readonly (readonly [packageName: string, path: string])[] = [
  ['io.appium.settings', 'apks/settings_apk-debug.apk'],
  ['android-apidemos', 'apks/ApiDemos-debug.apk'],
  ['agent-device', 'android/ime-helper/dist/agent-device-android-ime-helper-0.21.5.apk'],
  ['agent-device', 'android/snapshot-helper/dist/agent-device-android-snapshot-helper-0.21.5.apk'],
];

export interface DemoApp {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Of the behaviour zoo: some inert specimens, and look-alikes that need the same powers for honest ends. */
const SHOWN = new Set([
  'banking-overlay',
  'stalkerware',
  'file-encrypter',
  'dropper-encrypted',
  'remote-support',
  'password-manager',
  'parental-control',
]);

/** Real apps where the development dependencies are installed, and inert apps of the behaviour zoo, which their file names say. */
export function demoApps(): DemoApp[] {
  const real = SHIPPED.flatMap(([packageName, path]) => {
    const file = locate(packageName, path);
    return file === null ? [] : [{ name: basename(file), bytes: new Uint8Array(readFileSync(file)) }];
  });
  const zoo = ZOO.filter(({ id }) => SHOWN.has(id)).map(({ id, kind, build }) => ({
    name: `${kind}-${id}.apk`,
    bytes: build(),
  }));
  return [...real, { name: 'specimen-message-thief-pattern.apk', bytes: messageThiefPattern() }, ...zoo];
}

function locate(packageName: string, path: string): string | null {
  // The folders npm would look in, upwards from here; not `resolve`, because these packages need not export anything.
  for (const folder of createRequire(import.meta.url).resolve.paths(packageName) ?? []) {
    const file = join(folder, packageName, path);
    if (existsSync(dirname(file)) && existsSync(file)) return file;
  }
  return null;
}
