import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * One file of a program of this folder and all it imports, as the command line is shipped: finding some 600 modules would
 * otherwise take longer than reading an app. Reads what `tsc -b` wrote; gives the path of the bundle in `folder`.
 */
export async function bundleProgram(name, folder) {
  const outfile = join(folder, name);
  await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    // CommonJS packages in an ES bundle ask for `require`.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
  return outfile;
}
