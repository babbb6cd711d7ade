export * from './app-image.ts';
export { createCodeIndex, type DexUnit } from './code-index.ts';
export { type AppAround, checkManifestInApp } from './manifest-checks/check-manifest-in-app.ts';
export { MANIFEST_TRICKS } from './manifest-checks/manifest-tricks.ts';
export { type Flag, resolveFlag } from './manifest-checks/resolve-flag.ts';
export * from './read-app-image.ts';
export { readManifest } from './read-manifest.ts';
