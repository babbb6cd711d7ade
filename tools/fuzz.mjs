/**
 * `npm run fuzz`: hostile files for every reader of bytes. Half of them are well-formed files with bytes damaged, half are made by the builders with hostile choices in
 * their structure. A reader fails when it throws, when one file takes it more than a second, or when it takes memory out of proportion to the file.
 *
 *   npm run fuzz                                  one minute, shared by all readers
 *   npm run fuzz -- --inputs 1000000              a million files for each reader
 *   npm run fuzz -- --reader dex --first 1234 --inputs 1    the one file that failed
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fuzzTargets } from './fuzz-targets.mjs';

/** Beyond this a reader hangs. */
const HANG_MS = 1000;
/** Heap of the thread: what a reader of small files may never need. */
const HEAP_MB = 512;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    inputs: { type: 'string' },
    reader: { type: 'string', multiple: true },
    first: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});
const names = (await fuzzTargets()).map(({ reader }) => reader);
const unknown = (values.reader ?? []).filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No reader ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exit(2);
}
const chosen = values.reader ?? names;
const threads = Math.min(availableParallelism(), chosen.length);
const inputs = values.inputs === undefined ? null : Number(values.inputs);
const milliseconds = inputs === null ? (Number(values.seconds) * 1000 * threads) / chosen.length : null;

/** Runs one reader in a thread of its own and watches it from here, since a thread that hangs cannot say so. */
function fuzz(reader) {
  return new Promise((resolve) => {
    const progress = new BigInt64Array(new SharedArrayBuffer(8));
    const worker = new Worker(new URL('fuzz-worker.mjs', import.meta.url), {
      workerData: { reader, first: Number(values.first), inputs, milliseconds, hangMs: HANG_MS, progress },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    let last = -1n;
    let since = Date.now();
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0);
      if (now !== last) {
        last = now;
        since = Date.now();
      } else if (Date.now() - since > HANG_MS * 20) end({ failure: `file ${now} hangs` });
    }, 250);
    const end = (result) => {
      clearInterval(watch);
      resolve({ reader, done: Number(Atomics.load(progress, 0)), ...result });
      void worker.terminate();
    };
    worker.on('message', end);
    worker.on('error', (error) =>
      end({ failure: `file ${Atomics.load(progress, 0)}: ${error.code ?? ''} ${error.stack ?? error}` }),
    );
  });
}

const waiting = [...chosen];
const results = [];
await Promise.all(
  Array.from({ length: threads }, async () => {
    for (let reader = waiting.shift(); reader !== undefined; reader = waiting.shift()) {
      const result = await fuzz(reader);
      results.push(result);
      if (!values.json) process.stdout.write(`${line(result)}\n`);
    }
  }),
);
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
process.exitCode = results.some(({ failure }) => failure !== undefined) ? 1 : 0;

function line({ reader, done, failure, seconds, slowestMs, mostBytes, mostTimesInput }) {
  if (failure !== undefined) return `${reader.padEnd(16)} FAILED ${failure}`;
  const rate = `${Math.round(done / seconds).toLocaleString('en')}/s`;
  const memory = `${(mostBytes / 1024 / 1024).toFixed(1)} MiB, ${mostTimesInput.toFixed(0)} × its input beyond 1 MiB`;
  return `${reader.padEnd(16)} ${done.toLocaleString('en').padStart(9)} files  ${rate.padStart(9)}  slowest ${slowestMs.toFixed(0).padStart(4)} ms  most memory ${memory}`;
}
