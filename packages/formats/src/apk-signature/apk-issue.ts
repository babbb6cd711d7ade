import type { ApkIssueCode } from './issue-codes.ts';

export type ApkScheme = 'v1' | 'v2' | 'v3' | 'v3.1' | 'v4' | 'stamp';

export interface ApkIssue {
  readonly code: ApkIssueCode;
  /** An error makes the verdict negative for the range of platforms asked about; a warning does not. */
  readonly level: 'error' | 'warning';
  /** Null for what is about the file as a whole. */
  readonly scheme: ApkScheme | null;
  /** Which signer: its place in the block, counted from 0, or the name of its file in META-INF. */
  readonly signer?: string;
  readonly detail: string;
}

/** Issues of one scheme as they are found. Many of one code are counted, not kept: a file can have one per entry. */
export interface IssueList {
  error(code: ApkIssueCode, detail: string, signer?: string): void;
  warning(code: ApkIssueCode, detail: string, signer?: string): void;
  readonly hasErrors: boolean;
  readonly errorCount: number;
  readonly warningCount: number;
  list(): readonly ApkIssue[];
}

const MAX_PER_CODE = 50;

export function createIssueList(scheme: ApkScheme | null): IssueList {
  const issues: ApkIssue[] = [];
  const counts = new Map<ApkIssueCode, number>();
  let errors = 0;
  let warnings = 0;
  const add = (level: ApkIssue['level'], code: ApkIssueCode, detail: string, signer: string | undefined): void => {
    if (level === 'error') errors += 1;
    else warnings += 1;
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count > MAX_PER_CODE) return;
    issues.push({ code, level, scheme, ...(signer === undefined ? {} : { signer }), detail });
  };
  return {
    error: (code, detail, signer) => add('error', code, detail, signer),
    warning: (code, detail, signer) => add('warning', code, detail, signer),
    get hasErrors() {
      return errors > 0;
    },
    get errorCount() {
      return errors;
    },
    get warningCount() {
      return warnings;
    },
    list() {
      return issues.map((issue, index) => {
        const more = (counts.get(issue.code) ?? 0) - MAX_PER_CODE;
        const last = more > 0 && issues.findLastIndex(({ code }) => code === issue.code) === index;
        return last ? { ...issue, detail: `${issue.detail} (and ${more} more of this kind)` } : issue;
      });
    },
  };
}
