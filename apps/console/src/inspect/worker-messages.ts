import type { Diagnostic } from '@vedette/contracts';
import type { EntryHead } from './entry-head.ts';
import type { EntryPage, InspectSummary, StringDetail } from './inspect-file.ts';
import type { StringPage } from './string-table.ts';

/** What can be asked of an app that is open, and what comes back. */
export interface Answers {
  readonly entries: { readonly ask: { readonly search: string; readonly offset: number }; readonly answer: EntryPage };
  readonly head: { readonly ask: { readonly index: number }; readonly answer: EntryHead };
  readonly strings: { readonly ask: { readonly search: string; readonly offset: number }; readonly answer: StringPage };
  readonly string: { readonly ask: { readonly index: number }; readonly answer: StringDetail };
}

export type AskKind = keyof Answers;

/** Rows of a page of entries or strings. */
export const PAGE_ROWS = 100;

export interface OpenMessage {
  readonly type: 'open';
  readonly file: File;
  /** The present, ISO 8601. */
  readonly now: string;
  readonly engineVersion: string;
}

export type AskMessage = {
  readonly [Kind in AskKind]: { readonly type: Kind; readonly id: number } & Answers[Kind]['ask'];
}[AskKind];

export type WorkerAnswer =
  /** The reader's code is loaded: from here on nothing needs the network. */
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly stage: string; readonly share: number }
  | { readonly type: 'opened'; readonly summary: InspectSummary }
  | { readonly type: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: Answers[AskKind]['answer'] };
