import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Sources below a folder, tests left out, joined. */
function sourcesOf(folder: string, wanted: RegExp): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => wanted.test(path) && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'))
    .join('\n');
}

it('waits only for diagnostics that a reader really gives', () => {
  const readers = sourcesOf(at('../../formats/src'), /\.ts$/) + sourcesOf(at('../../program/src'), /\.ts$/);
  const rules = sourcesOf(at('./rules'), /^(?:container|signing).*\.ts$/);
  const waitedFor = [...rules.matchAll(/'((?:zip|axml|dex|code|manifest|apk-signature)\.[a-z0-9.-]+)'/g)].map(
    ([, id]) => id,
  );
  expect(waitedFor.length).toBeGreaterThan(30);
  expect(waitedFor.filter((id) => !readers.includes(`'${id}'`))).toEqual([]);
});
