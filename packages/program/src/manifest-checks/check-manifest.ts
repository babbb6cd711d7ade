import { createDiagnostics } from '@vedette/bytes';
import type { Diagnostic } from '@vedette/contracts';
import type { AndroidManifest } from '../app-image.ts';
import { checkNames } from './check-names.ts';
import { checkPackage } from './check-package.ts';
import { checkSdkBounds } from './check-sdk-bounds.ts';

/**
 * What a manifest says that build tools do not write, or that the installer refuses: names, bounds of the platform's
 * version, package. An error is what the installer refuses (AOSP `ParsingPackageUtils`); the manifest is kept as it is.
 */
export function checkManifest(manifest: AndroidManifest): readonly Diagnostic[] {
  const diagnostics = createDiagnostics();
  checkPackage(manifest, diagnostics);
  checkSdkBounds(manifest, diagnostics);
  checkNames(manifest, diagnostics);
  return diagnostics.list();
}
