import { parentPort, workerData } from 'node:worker_threads';
import { CliError, EXIT } from '../exit-code.ts';
import { type Analysed, answerOf } from './analysed.ts';
import type { AnalysisJob, Progress, WorkerMessage } from './job.ts';

/** Runs one analysis in a thread of its own, so that a hostile file can use up the thread and nothing else. */
async function work(job: AnalysisJob): Promise<WorkerMessage> {
  try {
    return { kind: 'answer', ...answerOf(await analyse(job), job) };
  } catch (error) {
    if (error instanceof CliError)
      return { kind: 'failed', message: error.message, usage: error.exitCode === EXIT.usage };
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const message = `${job.path} could not be analysed: ${reason} (this is a defect of Vedette)`;
    return { kind: 'failed', message, usage: false };
  }
}

/** Each kind loads its own code: a scan does not wait for that of a check. */
async function analyse(job: AnalysisJob): Promise<Analysed> {
  switch (job.kind) {
    case 'scan':
      return await (await import('./scan-file.ts')).scanFile(job, report);
    case 'inspect':
      return (await import('./inspect-file.ts')).inspectFile(job, job.question, report);
    case 'check':
      return await (await import('./check-path.ts')).checkPath(job, report);
    case 'evidence':
      return (await import('./check-path.ts')).collectEvidence(job, report);
  }
}

const report: Progress = (stage, fraction) => send({ kind: 'progress', stage, fraction });

function send(message: WorkerMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}

/** The thread that started this one is our own code, so what it asks is an `AnalysisJob`. */
const job: AnalysisJob = workerData;
if (parentPort !== null) send(await work(job));
