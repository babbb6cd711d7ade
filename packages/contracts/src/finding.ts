import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { Severity } from './severity.ts';

/** Names in other people's vocabularies. Every id is checked against the published catalogue before it is shown. */
export const Mappings = z.object({
  attack: z.array(z.string()).optional(),
  masvs: z.array(z.string()).optional(),
  maswe: z.array(z.string()).optional(),
  cwe: z.array(z.string()).optional(),
  nist: z.array(z.string()).optional(),
});
export type Mappings = z.infer<typeof Mappings>;

/** `bad`: the rule found what it looks for. `unknown`: it could not look. `ok` is said only where a reader expects the statement. */
export const FindingStatus = z.enum(['bad', 'ok', 'unknown']);
export type FindingStatus = z.infer<typeof FindingStatus>;

/** Why a finding does not count, until when (the last day that it holds, UTC), and by whose word. */
export const Suppressed = z.object({ reason: z.string(), until: z.iso.date(), by: z.string().optional() });
export type Suppressed = z.infer<typeof Suppressed>;

/** One thing wrong (or unknown), with the rule that says so and the evidence it rests on. */
export const Finding = z.object({
  ruleId: z.string(),
  ruleVersion: z.number().int().positive(),
  title: z.string(),
  severity: Severity,
  status: FindingStatus,
  /** Why it matters, one or two sentences for a person. */
  description: z.string(),
  /** What to do about it. */
  remedy: z.string().optional(),
  evidence: z.array(Evidence),
  /** How many pieces of evidence were left out of `evidence` to keep the report readable. */
  evidenceOmitted: z.number().int().nonnegative().optional(),
  mappings: Mappings.optional(),
  /** Somebody decided, with a reason and until a day, that this does not count. It stays in the report. */
  suppressed: Suppressed.optional(),
});
export type Finding = z.infer<typeof Finding>;
