/**
 * Trains the judge of host names on lists that one supplies, one name a line; each file is a source of its own:
 *   node tools/train-hosts.mjs --bad FILE [--bad FILE …] --good FILE [--good FILE …] [--hold-out FILE …] [--out packages/hosts/src/classifier/weights.ts]
 *
 * A logistic regression by gradient descent with L2, from zero weights, so that the same lists give the same weights. Registered names that stand in several lists are used once, in the
 * first; held-out files are never seen in training, which says more than a random split of the same lists. The threshold is the lowest at which at most one good name in 200 of those that
 * were trained on counts as likely bad.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { FEATURES, featuresOf, readHostTarget } from '@vedette/hosts';

const { values } = parseArgs({
  options: {
    bad: { type: 'string', multiple: true, default: [] },
    good: { type: 'string', multiple: true, default: [] },
    'hold-out': { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
  },
});
const STEPS = 2_000;
const RATE = 0.3;
const L2 = 1e-3;
const FALSE_ALARMS = 0.005;

const seen = new Set();
const heldOut = new Set(values['hold-out']);
/** Names of one file as rows of features. */
function read(path, label) {
  const rows = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const target = line.trim() === '' || line.startsWith('#') ? null : readHostTarget(line.trim());
    if (target === null || target.registrable === null || seen.has(target.registrable)) continue;
    seen.add(target.registrable);
    rows.push({ features: featuresOf(target), label, host: target.host });
  }
  return { path, label, rows, held: heldOut.has(path) };
}
const sources = [...values.bad.map((path) => read(path, 1)), ...values.good.map((path) => read(path, 0))];
const training = sources.filter(({ held }) => !held).flatMap(({ rows }) => rows);
const test = sources.filter(({ held }) => held).flatMap(({ rows }) => rows);
if (training.length === 0) throw new Error('name lists with --bad and --good');

const size = FEATURES.length;
const mean = Array.from(
  { length: size },
  (_, at) => training.reduce((sum, { features }) => sum + features[at], 0) / training.length,
);
const deviation = Array.from(
  { length: size },
  (_, at) =>
    Math.sqrt(training.reduce((sum, { features }) => sum + (features[at] - mean[at]) ** 2, 0) / training.length) || 1,
);
const scaled = training.map(({ features, label }) => ({
  x: features.map((value, at) => (value - mean[at]) / deviation[at]),
  label,
}));
// Both kinds weigh the same, however many there are of each.
const count = [0, 1].map((label) => scaled.filter((row) => row.label === label).length);
const weigh = (label) => scaled.length / (2 * count[label]);
const weights = Array(size).fill(0);
let bias = 0;
for (let step = 0; step < STEPS; step++) {
  const gradient = Array(size).fill(0);
  let shift = 0;
  for (const { x, label } of scaled) {
    const error =
      (1 / (1 + Math.exp(-(bias + x.reduce((sum, value, at) => sum + value * weights[at], 0)))) - label) * weigh(label);
    shift += error;
    for (let at = 0; at < size; at++) gradient[at] += error * x[at];
  }
  bias -= (RATE * shift) / scaled.length;
  for (let at = 0; at < size; at++) weights[at] -= RATE * (gradient[at] / scaled.length + L2 * weights[at]);
}
const round = (value) => Number(value.toFixed(5));
const probability = (features) =>
  1 /
  (1 + Math.exp(-features.reduce((sum, value, at) => sum + ((value - mean[at]) / deviation[at]) * weights[at], bias)));
const goods = training
  .filter(({ label }) => label === 0)
  .map(({ features }) => probability(features))
  .toSorted((a, b) => b - a);
const threshold = round(goods[Math.floor(goods.length * FALSE_ALARMS)] ?? 0.9);

/** Share of pairs of a bad and a good name in which the bad one scores higher. */
function auc(rows) {
  const ordered = rows
    .map(({ features, label }) => ({ p: probability(features), label }))
    .toSorted((a, b) => a.p - b.p);
  let [good, pairs, bad] = [0, 0, 0];
  for (const { label } of ordered) {
    if (label === 0) good += 1;
    else {
      bad += 1;
      pairs += good;
    }
  }
  return pairs / (bad * good);
}
function figures(rows) {
  const likely = ({ features }) => probability(features) >= threshold;
  const [bad, good] = [rows.filter(({ label }) => label === 1), rows.filter(({ label }) => label === 0)];
  const [hits, alarms] = [bad.filter(likely).length, good.filter(likely).length];
  const share = (part, whole) => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(2)} %`);
  return {
    bad: bad.length,
    good: good.length,
    recall: share(hits, bad.length),
    falseAlarms: share(alarms, good.length),
    precision: share(hits, hits + alarms),
    auc: bad.length * good.length === 0 ? '–' : auc(rows).toFixed(3),
  };
}
const named = (path) => join(basename(dirname(path)), basename(path));
for (const { path, label, rows, held } of sources) {
  const likely = rows.filter(({ features }) => probability(features) >= threshold).length;
  process.stdout.write(
    `${held ? 'held out' : 'trained '} ${label === 1 ? 'bad ' : 'good'} ${String(rows.length).padStart(6)} ${((likely / Math.max(rows.length, 1)) * 100).toFixed(2).padStart(6)} % likely bad  ${named(path)}\n`,
  );
}
const [trained, tested] = [figures(training), figures(test)];
process.stdout.write(
  `trained on ${JSON.stringify(trained)}\nheld out  ${JSON.stringify(tested)}\nthreshold ${threshold}\n`,
);
FEATURES.forEach((name, at) => process.stdout.write(`  ${name.padEnd(26)} ${weights[at].toFixed(3).padStart(8)}\n`));
if (values.out !== undefined)
  writeFileSync(
    values.out,
    `import type { HostModel } from './classify.ts';

/**
 * Written by \`tools/train-hosts.mjs\`. Trained on ${trained.bad} names of attacks and ${trained.good} others; on lists that it never saw (${tested.bad} and ${tested.good} names) it calls
 * ${tested.recall} of the first likely bad, and ${tested.falseAlarms} of the others (area under the curve ${tested.auc}).
 */
export const MODEL: HostModel = ${JSON.stringify({ means: mean.map(round), deviations: deviation.map(round), weights: weights.map(round), bias: round(bias), threshold }, null, 2).replaceAll(/"(\w+)":/g, '$1:')};
`,
  );
