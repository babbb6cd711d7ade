#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const house = new URL('../../../', import.meta.url);
const compiled = new URL('../dist/main.js', import.meta.url);
const bundle = new URL('../dist/bundle/main.js', import.meta.url);

/** When the file was written, in milliseconds since 1970; 0 when it is not there. */
const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Whether something was compiled after the bundle was made, as `tsc -b` alone does. */
function isOutdated() {
  const made = timeOf(bundle);
  if (made === 0) return true;
  const packages = new URL('packages/', house);
  const builds = readdirSync(packages).map((name) => new URL(`${name}/dist/.tsbuildinfo`, packages));
  return [new URL('../dist/.tsbuildinfo', import.meta.url), ...builds].some((build) => timeOf(build) > made);
}

if (existsSync(compiled)) {
  const { main: start } = await import((isOutdated() ? compiled : bundle).href);
  await start();
} else {
  process.stderr.write(`vedette: not built yet; run \`npm run build\` in ${fileURLToPath(house)}\n`);
  process.exitCode = 3;
}
