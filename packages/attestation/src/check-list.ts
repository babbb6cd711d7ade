import type { AttestationCheck, AttestationKind, AttestationReport, FieldValue } from './report.ts';

/** Collects the checks of one statement. A list on which nothing was checked accepts nothing. */
export interface CheckList {
  /**
   * Records a check; a failed one refuses the statement for `reason`.
   * @returns `ok`
   */
  check(id: string, ok: boolean, detail: string, reason: string): boolean;
  /** Records that something was not checked, and why: neither good nor bad. */
  skip(id: string, detail: string): void;
  report(fields: Readonly<Record<string, FieldValue>>): AttestationReport;
}

/** Creates an empty list. */
export function createCheckList(kind: AttestationKind): CheckList {
  const checks: AttestationCheck[] = [];
  const reasons = new Set<string>();
  return {
    check(id, ok, detail, reason) {
      checks.push({ id, ok, detail });
      if (!ok) reasons.add(reason);
      return ok;
    },
    skip(id, detail) {
      checks.push({ id, ok: null, detail });
    },
    report: (fields) => ({
      kind,
      ok: reasons.size === 0 && checks.some(({ ok }) => ok === true),
      reasons: [...reasons],
      fields,
      checks: [...checks],
    }),
  };
}
