import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Paths and version of the installation this command line is part of. The same from `src` and from `dist`. */
export function serverEntry(): string {
  return fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
}

/** The worker as built: Node cannot start a worker from TypeScript. */
export function workerEntry(): URL {
  return new URL('../dist/analysis/worker.js', import.meta.url);
}

export function isBuilt(): boolean {
  return existsSync(workerEntry());
}

export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
