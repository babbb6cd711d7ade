import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { CliError, EXIT } from '../exit-code.ts';
import { workerEntry } from '../house.ts';
import { type AnalysisJob, type Answer, type Progress, readWorkerMessage, type WorkerMessage } from './job.ts';

/** Heap of the analysis thread, in megabytes. The bytes of the input itself are outside it and bounded by the size limit. */
const HEAP_MB = 512;

/**
 * Runs one analysis in a worker thread with a bounded heap and a bounded time.
 * @throws CliError when the thread ran out of time or memory, was stopped, or could not read the input
 */
export async function runAnalysis(
  job: AnalysisJob,
  onProgress: Progress,
  signal: AbortSignal,
  entry: URL = workerEntry(),
): Promise<Answer> {
  const result = await inWorker(entry, job, onProgress, signal);
  if (result.kind === 'answer') return result;
  throw new CliError(result.usage ? EXIT.usage : EXIT.failed, result.message);
}

type Result = Exclude<WorkerMessage, { kind: 'progress' }>;

function inWorker(entry: URL, job: AnalysisJob, onProgress: Progress, signal: AbortSignal): Promise<Result> {
  // The thread runs each loop for the first time and ends soon: waiting for compiled code costs a fifth less processor time than going on without it meanwhile.
  setFlagsFromString('--no-concurrent-recompilation');
  return new Promise((resolve) => {
    const worker = new Worker(entry, {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      // A worker has no business with the terminal or the environment of the person.
      stdout: true,
      stderr: true,
      env: {},
    });
    const end = (result: Result): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(result);
      void worker.terminate();
    };
    const stop = (): void => end(fail('stopped'));
    const timer = setTimeout(
      () => end(fail(`${job.path} took longer than ${job.timeoutMs / 1000} s; allow more with --timeout`)),
      job.timeoutMs,
    );
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (value: unknown) => {
      const message = readWorkerMessage(value);
      if (message === null)
        end(fail(`${job.path}: the analysis gave a result that is not valid (this is a defect of Vedette)`));
      else if (message.kind === 'progress') onProgress(message.stage, message.fraction);
      else end(message);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      end(
        fail(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? `${job.path} needs more than ${HEAP_MB} MB of memory to analyse; it may be made to exhaust analysers`
            : `${job.path} could not be analysed: ${error.message} (this is a defect of Vedette)`,
        ),
      ),
    );
    worker.on('exit', (code) => end(fail(`${job.path} could not be analysed: the analysis ended early (${code})`)));
    if (signal.aborted) stop();
  });
}

function fail(message: string): Result {
  return { kind: 'failed', message, usage: false };
}
