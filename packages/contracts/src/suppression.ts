import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not 64 lower-case hexadecimal digits');

/**
 * One decision that findings of a rule do not count: why, until when, and for what. Without `package`, `sha256` and `signer` it holds for every app; where several are
 * given, all must fit. Unknown keys are refused: a misspelt `package` would silence more than was meant.
 */
export const Suppression = z.strictObject({
  /** Id of the rule, e.g. `android.manifest.debuggable`. */
  rule: z.string().min(1).max(200),
  package: z.string().min(1).max(300).optional(),
  /** Of the app file. */
  sha256: Sha256.optional(),
  /** SHA-256 of a signer's certificate. */
  signer: Sha256.optional(),
  /** Glob on the place of the evidence (class, `class.method`, file, element): `*` within a name, `**` over `.` and `/` too, `?` one character. */
  where: z.string().min(1).max(300).optional(),
  reason: z.string().trim().min(1, 'must say why').max(1_000),
  /** The last day on which it holds, UTC: `2027-03-31`. */
  until: z.iso.date(),
  by: z.string().min(1).max(200).optional(),
});
export type Suppression = z.infer<typeof Suppression>;

/** What a suppression file holds. */
export const SuppressionList = z.array(Suppression).max(1_000);
export type SuppressionList = z.infer<typeof SuppressionList>;
