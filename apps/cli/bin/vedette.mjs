#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  const { main: start } = await import(main.href);
  await start();
} else {
  process.stderr.write(
    `vedette: not built yet; run \`npm run build\` in ${fileURLToPath(new URL('../../../', import.meta.url))}\n`,
  );
  process.exitCode = 3;
}
