import { basename } from 'node:path';
import { applyIndicators, applySuppressions, appraise, renderAppraisalText } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import type { Analysed } from './analysed.ts';
import type { AnalysisJob, Progress } from './job.ts';
import { jobIndicators } from './job-indicators.ts';
import { readInput } from './read-input.ts';

/** Part of the time that reading code may take; rules and rendering have the rest. */
const READING_SHARE = 0.7;

/**
 * Reads and appraises one app.
 * @throws CliError when the path is no readable file, or no app
 */
export async function scanFile(job: AnalysisJob, onProgress: Progress): Promise<Analysed> {
  const bytes = readInput(job.path);
  const { value: image, diagnostics } = readAppImage(bytes, {
    name: basename(job.path),
    host: createNodeHost(),
    limits: { codeTimeMs: job.timeoutMs * READING_SHARE },
    onStage: (stage, fraction) => onProgress(stage, fraction * READING_SHARE),
  });
  if (image === null)
    throw new CliError(
      EXIT.failed,
      `${job.path}: ${diagnostics[0]?.message ?? 'nothing in it could be read as an app'}`,
    );
  const alone = appraise(image, {
    version: job.version,
    now: job.now,
    onProgress: ({ done, total }) => onProgress('rules', READING_SHARE + (done / total) * (1 - READING_SHARE)),
  });
  const { set, notes } = await jobIndicators(job);
  const judged = set === null ? alone : applyIndicators(alone, set);
  const { suppressions } = job;
  const appraisal = suppressions === undefined ? judged : applySuppressions(judged, suppressions, job.now);
  const text = job.text === null ? '' : renderAppraisalText(appraisal, job.text);
  return {
    data: appraisal,
    text,
    findings: appraisal.findings,
    notes: [...notes, ...(appraisal.suppression?.warnings ?? [])],
  };
}
