import { parentPort, workerData } from 'node:worker_threads';
import { CliError } from '../exit-code.ts';
import { AnalysisJob, type Progress, type WorkerMessage, type WorkerResult } from './job.ts';

/** Runs one analysis in a thread of its own, so that a hostile file can use up the thread and nothing else. */
async function work(): Promise<WorkerResult> {
  const job = AnalysisJob.parse(workerData);
  try {
    // Loaded when needed: a scan does not wait for the code of a check.
    if (job.kind === 'scan') return (await import('./scan-file.ts')).scanFile(job, report);
    const { checkPath, collectEvidence } = await import('./check-path.ts');
    return job.kind === 'check' ? checkPath(job, report) : collectEvidence(job, report);
  } catch (error) {
    if (error instanceof CliError) return { outcome: 'failed', message: error.message };
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: 'failed', message: `${job.path} could not be analysed: ${reason} (this is a defect of Vedette)` };
  }
}

const report: Progress = (stage, fraction) => send({ progress: { stage, fraction } });

function send(message: WorkerMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}

if (parentPort !== null) send({ result: await work() });
