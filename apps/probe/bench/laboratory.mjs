/**
 * The laboratory on loopback, many times over, with its counts:
 *   node apps/probe/bench/laboratory.mjs [--attack-runs 4] [--benign-runs 25] [--at-once 6]
 */
import { parseArgs } from 'node:util';
import { ATTACKS } from '../dist/laboratory/attacks.js';
import { BENIGN } from '../dist/laboratory/benign.js';
import { openLaboratory, runCase } from '../dist/laboratory/laboratory.js';

const { values } = parseArgs({
  options: {
    'attack-runs': { type: 'string', default: '4' },
    'benign-runs': { type: 'string', default: '25' },
    'at-once': { type: 'string', default: '6' },
  },
});
const isAlarm = ({ severity }) => severity === 'high' || severity === 'medium';
const laboratory = await openLaboratory();

/** Runs all cases so many times, some at once, and collects what came of them. */
async function runAll(cases, runs, atOnce) {
  const queue = Array.from({ length: runs }, () => cases).flat();
  const total = queue.length;
  const results = [];
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      results.push({ one, ...(await runCase(laboratory, one)) });
      if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${total} `);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return results;
}

function p95(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}

const say = (text) => process.stdout.write(`${text}\n`);
const atOnce = Number(values['at-once']);

const attacks = await runAll(ATTACKS, Number(values['attack-runs']), atOnce);
const silent = attacks.filter(({ fired }) => fired === 0);
const detected = attacks.filter(({ report }) => report.findings.some(isAlarm));
const exact = attacks.filter(({ one, report }) => report.findings.find(isAlarm)?.id === one.expect);
for (const { one, report } of attacks.filter((result) => !exact.includes(result)))
  say(
    `  ${one.name}: ${one.expect} expected, ${report.findings.map(({ id, severity }) => `${id} ${severity}`).join(', ') || report.state}`,
  );
say(
  `${ATTACKS.length} attack set-ups × ${values['attack-runs']} runs: ${attacks.length - silent.length} fired, ${detected.length} detected, ${exact.length} (${((exact.length / attacks.length) * 100).toFixed(1)} %) with the finding that says most`,
);

const benign = await runAll(BENIGN, Number(values['benign-runs']), atOnce);
const alarms = benign.filter(({ report }) => report.findings.some(isAlarm));
for (const { one, report } of alarms)
  say(
    `  ${one.name}: ${report.findings
      .filter(isAlarm)
      .map(({ id, severity }) => `${id} ${severity}`)
      .join(', ')}`,
  );
say(
  `${BENIGN.length} honest conditions × ${values['benign-runs']} runs: ${alarms.length} of ${benign.length} raised an alarm of medium or above`,
);

// One at a time, so that it is the time of a probe and not of its neighbours.
const alone = await runAll(ATTACKS, 3, 1);
const highs = (prefix) =>
  alone.flatMap(({ one, report }) =>
    one.expect?.startsWith(prefix) && report.timingsMs.firstHigh !== undefined ? [report.timingsMs.firstHigh] : [],
  );
const others = alone.flatMap(({ one, report }) =>
  /blocked|throttled|downgrade$/.test(one.expect ?? '') || report.timingsMs.firstHigh === undefined
    ? []
    : [report.timingsMs.firstHigh],
);
say(
  `time to a high verdict, 95 % within: ${p95(others)} ms; interception ${p95(highs('tls.interception'))} ms; blocked ${p95(highs('tls.blocked'))} ms; downgrade ${p95(highs('tls.downgrade'))} ms`,
);
const bytes = (set) =>
  Math.max(
    ...[...alone, ...benign].flatMap(({ report }) =>
      report.rounds.filter((round) => round.set === set).map((round) => round.bytes),
    ),
  );
say(`bytes of a set at most: fast ${bytes('fast')}, full ${bytes('full')}`);
await laboratory[Symbol.asyncDispose]();
process.exitCode = alarms.length > 0 || detected.length < attacks.length || silent.length > 0 ? 1 : 0;
