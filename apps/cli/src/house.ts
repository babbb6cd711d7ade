import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundle lies one folder deeper than the sources and what they are compiled to. */
const IS_BUNDLE = import.meta.url.includes('/dist/bundle/');
const FOLDER = new URL(IS_BUNDLE ? '../../' : '../', import.meta.url);

/** Paths and version of the installation this command line is part of. The same from `src`, from `dist` and from the bundle. */
export function serverEntry(): string {
  return fileURLToPath(new URL('../server/dist/main.js', FOLDER));
}

export function probeServerEntry(): string {
  return fileURLToPath(new URL('../probe/dist/main.js', FOLDER));
}

/** The worker as built: Node cannot start a worker from TypeScript. */
export function workerEntry(): URL {
  return new URL(IS_BUNDLE ? 'dist/bundle/worker.js' : 'dist/analysis/worker.js', FOLDER);
}

export function isBuilt(): boolean {
  return existsSync(workerEntry());
}

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', FOLDER), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
