import type { CheckOutcome } from './check-files.ts';

export interface WorkerQuestion {
  readonly files: readonly { readonly name: string; readonly bytes: ArrayBuffer }[];
  /** How the evidence is named in the report; the names of the files unless told. */
  readonly path?: string;
  /** The present, ISO 8601. */
  readonly now: string;
  readonly engineVersion: string;
}

export type WorkerAnswer =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'done'; readonly outcome: CheckOutcome }
  | { readonly type: 'failed'; readonly message: string };
