/**
 * One search for all keywords against each pattern over each text, on all texts of an app's string pools: CPU seconds, ratio, and whether the hits are the same.
 *
 *   node packages/appraisal/bench/secrets.mjs app.apk [rounds]
 */
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';
import { SECRET_ROWS } from '../dist/rules/secret/secret-rows.js';
import { findSecrets } from '../dist/secrets/find-secrets.js';
import { searchOneByOne } from '../dist/secrets/search-one-by-one.js';
import { createSecretSearch } from '../dist/secrets/secret-search.js';

const [file, rounds = '3'] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
const { value: image } = readAppImage(readFileSync(file), { name: file, host: createNodeHost() });
if (image === null) throw new Error(`${file} is no app`);

const texts = [...new Set(Array.from(image.code.strings(), ({ value }) => value))];
const characters = texts.reduce((sum, text) => sum + text.length, 0);
const patterns = SECRET_ROWS.map(({ pattern }) => pattern);

function measure(work) {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}
const hitsOf = (search) =>
  texts.flatMap((text, index) =>
    search(text).flatMap(({ pattern, matches }) =>
      matches.map(({ start, end }) => `${index} ${pattern} ${start} ${end}`),
    ),
  );
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const times = { build: [], fast: [], naive: [] };
let same = true;
let hits = 0;
for (let round = 0; round < Number(rounds); round++) {
  const built = measure(() => createSecretSearch(patterns));
  const fast = measure(() => hitsOf((text) => built.value.search(text)));
  const naive = measure(() => hitsOf(searchOneByOne(patterns)));
  times.build.push(built.seconds);
  times.fast.push(fast.seconds);
  times.naive.push(naive.seconds);
  hits = fast.value.length;
  same &&= JSON.stringify(fast.value) === JSON.stringify(naive.value);
}
const [build, fast, naive] = [median(times.build), median(times.fast), median(times.naive)];
say(
  `${texts.length} texts, ${(characters / 1e6).toFixed(1)} M characters, ${patterns.length} patterns, ${hits} matches`,
);
say(
  `table ${(build * 1e3).toFixed(1)} ms; together ${fast.toFixed(3)} s, one by one ${naive.toFixed(3)} s: ${(naive / fast).toFixed(1)} times`,
);
say(same ? 'the hits are the same' : 'THE HITS DIFFER');
const whole = measure(() => findSecrets(image, SECRET_ROWS, 0));
say(`all texts of the app, files and resources included: ${whole.seconds.toFixed(3)} s`);
if (!same) process.exitCode = 1;
