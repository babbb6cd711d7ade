/**
 * False alarms and delays of the detector of unusual use, beside what people use instead, on a fleet that is made up (`generate.mjs`). Build first; then
 *
 *   node packages/posture/bench/anomaly/run.mjs [--quick] [--tune] [--ours] [--json]
 *
 * The detector was tuned on seeds 1 to 5 of one world (`--tune`); what is printed without it is of seeds 201 to 210 of that world and of another, noisier one, which were not looked at before.
 */
import { ewma, fixed, ours, zScore } from './detectors.mjs';
import { FAULTS, HELD_OUT, phoneOf, randomOf, TUNING, withFault } from './generate.mjs';

const args = new Set(process.argv.slice(2));
const seedsFrom = (first, count) =>
  Array.from({ length: args.has('--quick') ? 1 : count }, (_, index) => first + index);
const WORLDS = args.has('--tune')
  ? [{ name: 'tuning, seeds 1 to 5', world: TUNING, seeds: seedsFrom(1, 5) }]
  : [
      { name: 'same world, held-out seeds 201 to 210', world: TUNING, seeds: seedsFrom(201, 10) },
      { name: 'another world, held-out seeds 201 to 210', world: HELD_OUT, seeds: seedsFrom(201, 10) },
    ];
const DETECTORS = args.has('--ours')
  ? { vedette: ours }
  : { vedette: ours, 'fixed 20 mAh/h': fixed, 'z-score 4': zScore, 'EWMA 4σ': ewma };
/** Two weeks of history are there before a fault begins. */
const SETTLED = 21 * 4;

export function evaluate(world, seeds) {
  const rows = Object.fromEntries(
    Object.keys(DETECTORS).map((name) => [
      name,
      {
        perSeed: [],
        shifts: 0,
        shiftAlarms: 0,
        fastAlarms: 0,
        months: 0,
        faults: Object.fromEntries(Object.keys(FAULTS).map((fault) => [fault, []])),
      },
    ]),
  );
  const topOne = { months: 0, changes: 0 };
  let oursMs = 0;
  let deviceDays = 0;
  for (const seed of seeds) {
    const random = randomOf(seed);
    const phones = Array.from({ length: world.devices }, () => phoneOf(random, world));
    const months = (world.devices * (world.days - SETTLED / 4)) / 30;
    const alarms = Object.fromEntries(Object.keys(DETECTORS).map((name) => [name, 0]));
    for (const phone of phones) {
      for (const app of phone.apps) {
        for (const [name, detect] of Object.entries(DETECTORS)) {
          const started = performance.now();
          const { calls, fast } = detect({ ...app, capacity: phone.capacity });
          if (detect === ours) oursMs += performance.now() - started;
          const row = rows[name];
          alarms[name] += calls.filter((bin) => bin >= SETTLED).length;
          row.fastAlarms += fast.filter((bin) => bin >= SETTLED).length;
          for (const { bin, known } of app.shifts) {
            if (!known || bin < SETTLED) continue;
            row.shifts += 1;
            if (calls.some((call) => call >= bin && call < bin + 40)) row.shiftAlarms += 1;
          }
        }
      }
      deviceDays += world.days;
      // A fault in one app of each phone, beginning somewhere after three weeks.
      const victim = phone.apps[Math.floor(random.between(0, world.apps))];
      const from = Math.floor(random.between(SETTLED + 28, SETTLED + 28 + 80));
      for (const [fault, how] of Object.entries(FAULTS)) {
        const points = withFault(victim, how, from);
        for (const [name, detect] of Object.entries(DETECTORS)) {
          const { calls, fast } = detect({ points, updates: victim.updates, capacity: phone.capacity });
          const before = detect({ ...victim, capacity: phone.capacity }).calls;
          const firstOf = (list) => list.find((bin) => bin >= from && bin < from + 56);
          const hit = firstOf(calls);
          // What would have been called without the fault is no detection of it.
          const coincident = hit !== undefined && before.includes(hit);
          const quick = firstOf(fast);
          rows[name].faults[fault].push({
            days: hit === undefined || coincident ? null : (hit - from + 1) / 4,
            fastDays: quick === undefined ? null : (quick - from + 1) / 4,
          });
        }
      }
      topOne.changes += topConsumerChanges(phone);
    }
    topOne.months += months;
    for (const name of Object.keys(DETECTORS)) {
      rows[name].perSeed.push(alarms[name] / months);
      rows[name].months += months;
    }
  }
  return { rows, topOne, msPerDeviceDay: oursMs / deviceDays };
}

/** “The app at the top of the list”: how often another one comes there. */
function topConsumerChanges(phone) {
  let changes = 0;
  let last = -1;
  for (let day = SETTLED / 4; day < phone.apps[0].points.length / 4; day++) {
    const sums = phone.apps.map(({ points }) =>
      points.slice(day * 4, day * 4 + 4).reduce((sum, { rate, hours }) => sum + (rate ?? 0) * hours, 0),
    );
    const top = sums.indexOf(Math.max(...sums));
    if (top !== last && last !== -1) changes += 1;
    last = top;
  }
  return changes;
}

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
const interval = (list) => {
  const sd = Math.sqrt(list.reduce((sum, value) => sum + (value - mean(list)) ** 2, 0) / Math.max(1, list.length - 1));
  // Student's t for ten seeds, 95 %.
  return list.length < 2 ? null : (2.262 * sd) / Math.sqrt(list.length);
};
const quantile = (list, q) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(q * list.length))];

export function summarise({ rows, topOne, msPerDeviceDay }) {
  const table = Object.entries(rows).map(([detector, row]) => ({
    detector,
    falseAlarms: mean(row.perSeed),
    interval: interval(row.perSeed),
    fastAlarms: row.fastAlarms / row.months,
    versionAlarms: row.shiftAlarms / Math.max(1, row.shifts),
    faults: Object.fromEntries(
      Object.entries(row.faults).map(([fault, found]) => {
        const days = found.flatMap((one) => (one.days === null ? [] : [one.days]));
        const fast = found.flatMap((one) => (one.fastDays === null ? [] : [one.fastDays]));
        return [
          fault,
          {
            detected: days.length / found.length,
            within3: days.filter((d) => d <= 3).length / found.length,
            within10: days.filter((d) => d <= 10).length / found.length,
            median: quantile(days, 0.5) ?? null,
            p90: quantile(days, 0.9) ?? null,
            fastDetected: fast.length / found.length,
            fastMedianHours: fast.length === 0 ? null : quantile(fast, 0.5) * 24,
            fastP90Hours: fast.length === 0 ? null : quantile(fast, 0.9) * 24,
          },
        ];
      }),
    ),
  }));
  return { table, topOne: topOne.changes / topOne.months, msPerDeviceDay };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const results = WORLDS.map(({ name, world, seeds }) => {
    if (process.stderr.isTTY) process.stderr.write(`${name} …\n`);
    return [name, summarise(evaluate(world, seeds))];
  });
  if (args.has('--json')) process.stdout.write(`${JSON.stringify(Object.fromEntries(results), null, 2)}\n`);
  else for (const [name, summary] of results) print(name, summary);
}

function print(name, { table, topOne, msPerDeviceDay }) {
  const percent = (value) => `${Math.round(value * 100)} %`;
  const days = (value) => (value === null ? '–' : value.toFixed(1));
  const cell = ({ detected, median, p90 }) =>
    detected === 0 ? '0 %' : `${percent(detected)} / ${days(median)} / ${days(p90)}`;
  const names = Object.keys(FAULTS);
  process.stdout.write(
    `\n${name}\n\n| detector | false alarms per device and month | ${names.join(' | ')} | alarms per known new version that uses more |\n|${'---|'.repeat(names.length + 3)}\n`,
  );
  for (const { detector, falseAlarms, interval, versionAlarms, faults } of table)
    process.stdout.write(
      `| ${detector} | ${falseAlarms.toFixed(3)}${interval === null ? '' : ` ± ${interval.toFixed(3)}`} | ${names.map((fault) => cell(faults[fault])).join(' | ')} | ${percent(versionAlarms)} |\n`,
    );
  process.stdout.write(
    `| first in the list changes | ${topOne.toFixed(1)} | ${names.map(() => '–').join(' | ')} | – |\n`,
  );
  const [own] = table;
  const miner = own.faults['miner 60'];
  process.stdout.write(
    `\nrecorder 10 within 3 days: ${percent(own.faults['recorder 10'].within3)}; exfil 4 within 10 days: ${percent(own.faults['exfil 4'].within10)}; `,
  );
  process.stdout.write(
    `fast rule: miner ${percent(miner.fastDetected)}, median ${miner.fastMedianHours} h, 90 % in ${miner.fastP90Hours} h, ${own.fastAlarms.toFixed(3)} alarms per device and month without a fault; ${msPerDeviceDay.toFixed(3)} ms per device and day\n`,
  );
}
