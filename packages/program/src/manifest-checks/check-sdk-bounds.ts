import type { Diagnostics } from '@vedette/bytes';
import type { AndroidManifest } from '../app-image.ts';
import { createAttributeReader, integerOf } from '../manifest-element.ts';

/** `Build.VERSION_CODES.CUR_DEVELOPMENT`: what a platform that is not finished calls itself. */
const CURRENT_DEVELOPMENT = 10_000;
const BOUNDS = ['minSdkVersion', 'targetSdkVersion', 'maxSdkVersion'] as const;

/** The versions of the platform that an app asks for: code names, impossible numbers, bounds that exclude each other. */
export function checkSdkBounds(manifest: AndroidManifest, diagnostics: Diagnostics): void {
  const { android } = createAttributeReader(manifest.root);
  const elements = manifest.root.children.filter(({ name }) => name === 'uses-sdk');
  if (elements.length > 1) {
    const message = `${elements.length} times <uses-sdk>; the last was taken`;
    diagnostics.warning('manifest.sdk.several', message);
  }
  const element = elements.at(-1);
  // A manifest without an application is no app: nothing will run it.
  if (element === undefined) {
    if (manifest.components.length > 0) {
      const message = 'no <uses-sdk>: the app runs as one for the first release, which new platforms do not install';
      diagnostics.note('manifest.sdk.missing', message);
    }
    return;
  }
  const place = { where: element.path };
  const numbers = new Map<string, number>();
  for (const name of BOUNDS) {
    const value = android(element, name);
    if (value === null) continue;
    const number = integerOf(value);
    if (number === null) {
      const message = `android:${name} is "${value.slice(0, 60)}", which only a platform in development of that name installs`;
      diagnostics.warning('manifest.sdk.codename', message, place);
    } else if (number < 1 || number >= CURRENT_DEVELOPMENT) {
      const message = `android:${name} is ${number}, which is no version of the platform`;
      diagnostics.warning('manifest.sdk.range', message, place);
    } else numbers.set(name, number);
  }
  const [min = 1, target = min, max = CURRENT_DEVELOPMENT] = BOUNDS.map((name) => numbers.get(name));
  if (min > target || target > max) {
    diagnostics.warning(
      'manifest.sdk.order',
      `bounds of the platform contradict each other: ${min}, ${target}, ${max}`,
      place,
    );
  }
}
