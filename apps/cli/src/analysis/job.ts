import { Appraisal, CheckResult, DeviceEvidence } from '@vedette/contracts';
import { z } from 'zod';

/** What a worker is asked. `evidence` reads as `check` does and hands back what was collected, not what was judged. */
export const AnalysisJob = z.object({
  kind: z.enum(['scan', 'check', 'evidence']),
  path: z.string(),
  version: z.string(),
  /** The present, ISO 8601: what ages are judged against. */
  now: z.iso.datetime(),
  /** Time for the whole job; reading gets a part of it, so that a slow file ends with a diagnostic rather than with nothing. */
  timeoutMs: z.number().positive(),
  /** How to write the result for people; null when only data is wanted. */
  text: z.object({ colour: z.boolean(), width: z.number() }).nullable(),
});
export type AnalysisJob = z.infer<typeof AnalysisJob>;

const failed = z.object({ outcome: z.literal('failed'), message: z.string() });

/** What a worker says, in the end. */
export const WorkerResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('scanned'), appraisal: Appraisal, text: z.string() }),
  z.object({ outcome: z.literal('checked'), check: CheckResult, text: z.string() }),
  z.object({ outcome: z.literal('collected'), evidence: DeviceEvidence, kind: z.string() }),
  failed,
]);
export type WorkerResult = z.infer<typeof WorkerResult>;

/** What a worker says on the way and in the end. */
export const WorkerMessage = z.union([
  z.object({ progress: z.object({ stage: z.string(), fraction: z.number() }) }),
  z.object({ result: WorkerResult }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessage>;

export type Progress = (stage: string, fraction: number) => void;
