export * from './app-image.ts';
export { createCodeIndex, type DexUnit } from './code-index.ts';
export * from './read-app-image.ts';
export { readManifest } from './read-manifest.ts';
