import {
  APK_SIGNATURE_TRICKS,
  ARSC_TRICKS,
  AXML_TRICKS,
  CODE_SIGNATURE_TRICKS,
  DEX_TRICKS,
  ELF_TRICKS,
  MACHO_TRICKS,
  PLIST_TRICKS,
  PROVISIONING_TRICKS,
  type Trick,
  ZIP_TRICKS,
} from '@vedette/formats';
import { CONTAINER_TRICKS } from './container/container-tricks.ts';
import { IPA_TRICKS } from './ios/ipa-tricks.ts';
import { MANIFEST_TRICKS } from './manifest-checks/manifest-tricks.ts';

/** Every way to mislead a reader that is recognised, in the order of the catalogue. An id stands there once. */
export const TRICKS: readonly Trick[] = distinct([
  ...ZIP_TRICKS,
  ...APK_SIGNATURE_TRICKS,
  ...AXML_TRICKS,
  ...MANIFEST_TRICKS,
  ...ARSC_TRICKS,
  ...DEX_TRICKS,
  ...CONTAINER_TRICKS,
  ...ELF_TRICKS,
  ...MACHO_TRICKS,
  ...CODE_SIGNATURE_TRICKS,
  ...PROVISIONING_TRICKS,
  ...PLIST_TRICKS,
  ...IPA_TRICKS,
]);

/** An id may serve several numbers of the catalogue; it is listed under the first. */
function distinct(tricks: readonly Trick[]): Trick[] {
  const known = new Set<string>();
  return tricks.filter(({ id }) => !known.has(id) && known.add(id)).toSorted((a, b) => a.number - b.number);
}
