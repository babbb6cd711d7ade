/** One reader under fuzz, in a thread of its own. The file with number `n` follows from `n` alone, so that any can be made again. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { createNodeHost } from '@vedette/bytes/node';
import { mutate, seededRandom } from '@vedette/formats/builders';
import { fuzzTargets } from './fuzz-targets.mjs';

const { reader, first, inputs, milliseconds, hangMs, progress } = workerData;
/** What any reader may take, whatever the size of the file: tables and buffers of fixed size. */
const FREE_BYTES = 1024 * 1024;
const host = createNodeHost();
const target = (await fuzzTargets()).find((each) => each.reader === reader);
const seeds = target.seeds();

const fileOf = (number) =>
  number % 2 === 0 || seeds.length === 0
    ? target.generate(seededRandom(number))
    : mutate(seeds[(number >> 1) % seeds.length], number);

const used = () => {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
};

function timeOf(bytes) {
  const started = performance.now();
  target.read(bytes, host);
  return performance.now() - started;
}

function keep(number, bytes) {
  const file = join(tmpdir(), `vedette-fuzz-${reader}-${number}.bin`);
  writeFileSync(file, bytes);
  return file;
}

let slowestMs = 0;
let mostBytes = 0;
let mostTimesInput = 0;
const started = performance.now();
let failure;
let number = first;
for (; inputs === null ? performance.now() - started < milliseconds : number < first + inputs; number++) {
  Atomics.store(progress, 0, BigInt(number - first));
  const bytes = fileOf(number);
  const before = used();
  let took;
  try {
    took = timeOf(bytes);
  } catch (error) {
    failure = `file ${number} (${keep(number, bytes)}): ${error.stack ?? error}`;
    break;
  }
  // A garbage collection in between makes this too small for that one file, never too large.
  const grown = used() - before;
  mostBytes = Math.max(mostBytes, grown);
  mostTimesInput = Math.max(mostTimesInput, (grown - FREE_BYTES) / Math.max(bytes.length, 1));
  // The machine may have been busy with something else: only a file that is slow every time is slow.
  for (let again = 0; took > hangMs && again < 3; again++) took = Math.min(took, timeOf(bytes));
  if (took > hangMs) {
    failure = `file ${number} (${keep(number, bytes)}, ${bytes.length} bytes) took ${Math.round(took)} ms`;
    break;
  }
  slowestMs = Math.max(slowestMs, took);
}
Atomics.store(progress, 0, BigInt(number - first));
const seconds = (performance.now() - started) / 1000;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort.postMessage({ failure, seconds, slowestMs, mostBytes, mostTimesInput });
