import { Appraisal } from '@vedette/contracts';
import { z } from 'zod';

/** What the analyser's process says on its standard output, one JSON document a line. It read hostile bytes: it is believed no further than this. */
export const AnalyserMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), stage: z.string().max(100), progress: z.number().min(0).max(1) }),
  z.object({ type: z.literal('done'), appraisal: Appraisal }),
  /** The bytes are no app: not a failure of ours. */
  z.object({ type: z.literal('rejected'), reason: z.string().max(1000) }),
]);
export type AnalyserMessage = z.infer<typeof AnalyserMessage>;
