/**
 * Writes how long makers support single models, from the product pages of endoflife.date (MIT): `node tools/generate-model-support.mjs FOLDER`, with FOLDER holding
 * `pixel.md`, `nokia.md`, `motorola-mobility.md` and `fairphone.md`. Makers whose phones name themselves by a number that these pages do not have
 * (Samsung, Sony, OnePlus) are left out: a name that does not match would read as unknown anyway. So is Apple, whose updates name the devices they are for.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [folder, asOf] = process.argv.slice(2);
if (folder === undefined || !/^\d{4}-\d\d-\d\d$/.test(asOf ?? '')) {
  process.stderr.write('usage: node tools/generate-model-support.mjs FOLDER DATE-OF-THE-PAGES\n');
  process.exit(2);
}
const TARGET = 'packages/posture/src/data/model-support-table.ts';
const PRODUCTS = ['pixel', 'nokia', 'motorola-mobility', 'fairphone'];

const entries = PRODUCTS.flatMap((product) => {
  const text = readFileSync(join(folder, `${product}.md`), 'utf8');
  const page = parse(text.split(/^---$/m)[1] ?? '');
  return page.releases.map(({ releaseCycle, releaseLabel, eol }) => {
    const name = String(releaseLabel ?? releaseCycle);
    const date = eol instanceof Date ? eol.toISOString().slice(0, 10) : typeof eol === 'string' ? eol : null;
    // Ended on a day that nobody wrote down, or not ended and no day announced.
    return [name.toLowerCase(), date ?? (eol === true ? 'ended' : null)];
  });
});
const unique = [...new Map(entries).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
const rows = unique.map(
  ([name, end]) => `  [${JSON.stringify(name)}, ${end === null ? 'null' : JSON.stringify(end)}],`,
);
writeFileSync(
  TARGET,
  `/** Written by \`tools/generate-model-support.mjs\` from endoflife.date (MIT). When security updates of a model end, as of \`MODELS_AS_OF\`: a date, \`ended\`, or null where no end is announced. */
export const MODELS_AS_OF = '${asOf}';

export const MODEL_SUPPORT: ReadonlyMap<string, string | null> = new Map([
${rows.join('\n')}
]);
`,
);
execFileSync('npx', ['biome', 'format', '--write', TARGET]);
process.stdout.write(`${unique.length} models\n`);
