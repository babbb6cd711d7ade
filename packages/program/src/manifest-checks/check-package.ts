import type { Diagnostics } from '@vedette/bytes';
import type { AndroidManifest } from '../app-image.ts';
import { createAttributeReader } from '../manifest-element.ts';

/** Longest name of a package (AOSP `FrameworkParsingPackageUtils.MAX_FILE_NAME_SIZE`). */
const MAX_NAME = 223;

/** The package and what ties it to others: a shared user, a test-only mark. */
export function checkPackage(manifest: AndroidManifest, diagnostics: Diagnostics): void {
  const { plain, android } = createAttributeReader(manifest.root);
  const { package: name } = manifest;
  if (name !== '' && name !== 'android' && !isPackageName(name)) {
    const message = `"${name.slice(0, 60)}" cannot be the name of a package: the installer refuses the app`;
    diagnostics.error('manifest.package.invalid', message);
  }
  const sharedUser = android(manifest.root, 'sharedUserId') ?? plain(manifest.root, 'sharedUserId');
  if (sharedUser !== null) {
    const message = `the app shares the user "${sharedUser.slice(0, 60)}" with others of its signer`;
    if (sharedUser.startsWith('android.uid.')) diagnostics.warning('manifest.shared-user', message);
    else diagnostics.note('manifest.shared-user', message);
  }
  if (manifest.testOnly === true) {
    diagnostics.note('manifest.test-only', 'the app is marked as for tests only: it installs by adb with -t alone');
  }
}

/** `FrameworkParsingPackageUtils.validateName`: parts of letters, digits and `_` that begin with a letter, at least two. */
export function isPackageName(name: string): boolean {
  return name.length <= MAX_NAME && /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$/.test(name);
}
