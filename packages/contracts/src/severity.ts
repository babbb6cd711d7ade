import { z } from 'zod';

/** How bad one finding or threat is. `info` never changes compliance; it is recorded. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
export type Severity = z.infer<typeof Severity>;

/** Worst first: an index into this list is a rank, smaller is worse. */
export const SEVERITIES: readonly Severity[] = Severity.options;

/**
 * Orders severities, worst first.
 * @returns negative when `a` is worse than `b`, positive when it is milder, 0 when equal
 */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** True when `severity` is as bad as `threshold`, or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return compareSeverity(severity, threshold) <= 0;
}
