/**
 * Bundles the command line: a few files instead of some 600 modules, which take longer to find than to run. Reads what `tsc -b` wrote. The programs in the bundle load
 * packages that hold native code or data of their own from node_modules as before.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

const cli = join(root, 'apps', 'cli');

export async function bundleCli() {
  const outdir = join(cli, 'dist', 'bundle');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [
      { in: join(cli, 'dist', 'main.js'), out: 'main' },
      { in: join(cli, 'dist', 'analysis', 'worker.js'), out: 'worker' },
    ],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    // CommonJS packages in an ES bundle ask for `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
}
