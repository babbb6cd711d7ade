/**
 * A million host names: building the set, looking up, memory; beside a plain `Set` of strings, which knows no boundaries and no source. Build first; then
 *
 *   node --expose-gc packages/indicators/bench/million.mjs [COUNT]
 */
import { createIndicatorSet, readPlainList } from '@vedette/indicators';

const count = Number(process.argv[2] ?? 1_000_000);
const tlds = ['com', 'net', 'org', 'info', 'xyz', 'top'];
const names = Array.from(
  { length: count },
  (_, index) => `${(Math.imul(index, 2654435761) >>> 0).toString(36)}.site-${index % 9973}.${tlds[index % 6]}`,
);
const text = names.join('\n');
const held = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};
const time = (what, run) => {
  const before = held();
  const started = performance.now();
  const result = run();
  const ms = performance.now() - started;
  process.stdout.write(`${what}: ${ms.toFixed(0)} ms, holds ${(held() - before).toFixed(0)} MB\n`);
  return result;
};
const set = time(`indicator set of ${count}`, () => createIndicatorSet([readPlainList(text, 'domains.txt').value]));
const plain = time(`Set of ${count}`, () => new Set(text.split('\n')));
const asked = Array.from({ length: 200_000 }, (_, index) =>
  index % 2 === 0 ? `www.${names[(index * 7919) % count]}` : `no-${index}.example.org`,
);
const rate = (run) => {
  const started = performance.now();
  let hits = 0;
  for (const host of asked) hits += run(host) ? 1 : 0;
  return { perSecond: Math.round(asked.length / ((performance.now() - started) / 1000)), hits };
};
rate((host) => set.match({ kind: 'domain', value: host }).length > 0);
process.stdout.write(
  `lookups, indicator set: ${JSON.stringify(rate((host) => set.match({ kind: 'domain', value: host }).length > 0))}\n`,
);
process.stdout.write(`lookups, Set: ${JSON.stringify(rate((host) => plain.has(host)))}\n`);
process.stdout.write(`tables: ${(set.bytes / 1e6).toFixed(0)} MB\n`);
