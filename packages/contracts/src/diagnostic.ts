import { z } from 'zod';

/** Something a reader noticed about its input: a deviation, a truncation, a budget that ran out. Data, never a log line. */
export const Diagnostic = z.object({
  /** Stable dotted id, e.g. `zip.central-directory.truncated`, `budget.time`. */
  id: z.string(),
  level: z.enum(['note', 'warning', 'error']),
  message: z.string(),
  /** Which input: entry name, file, section. */
  where: z.string().optional(),
  offset: z.number().int().nonnegative().optional(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

/** What every reader returns: a value as far as it could be read, and what was noticed. Readers never throw on input. */
export interface Parsed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
