import type { Suppression } from '@vedette/contracts';
import { SEVERITIES, type Severity } from '@vedette/contracts/vocabulary';
import type { ViewName } from '../inspect/view-names.ts';

/** What `inspect` is asked to show; null where the person said nothing. */
export interface InspectQuestion {
  readonly view: ViewName;
  readonly what: string | null;
  readonly minSdk: number | null;
  readonly maxSdk: number | null;
  /** Path of a v4 signature file. */
  readonly idsig: string | null;
  readonly limit: number | null;
  /** The exact bytes instead of a description. */
  readonly raw: boolean;
}

interface JobBase {
  readonly path: string;
  readonly version: string;
  /** The present, ISO 8601: what ages are judged against. */
  readonly now: string;
  /** Time for the whole job, in milliseconds; reading gets a part of it, so that a slow file ends with a diagnostic rather than with nothing. */
  readonly timeoutMs: number;
  /** How to write the result for people; null when it is wanted as JSON. */
  readonly text: { readonly colour: boolean; readonly width: number } | null;
  /** Folder with lists of indicators to hold the input against. */
  readonly indicators?: string;
  /** Of `check` alone: folder with lists of weaknesses of operating systems. */
  readonly vulnerabilities?: string;
  /** Of `check` alone: evidence that is in memory and in no file, by path; `path` is then only its name. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Of `check` alone: for encrypted backups. Goes to the thread that reads them and nowhere else. */
  readonly password?: string;
  /** Of `scan` alone: what does not count. */
  readonly suppressions?: readonly Suppression[];
}

/** What a worker is asked. `evidence` reads as `check` does and hands back what was collected, not what was judged. */
export type AnalysisJob = JobBase &
  ({ readonly kind: 'scan' | 'check' | 'evidence' } | { readonly kind: 'inspect'; readonly question: InspectQuestion });

/**
 * The answer of an analysis, ready to print: the thread that starts the command loads neither schemas nor readers. Either `text` or `json` is empty, as the job asked.
 */
export interface Answer {
  readonly json: string;
  readonly text: string;
  /** How bad the worst finding is; null when nothing bad was found. */
  readonly worst: Severity | null;
  readonly raw: Uint8Array | null;
  /** What the person should know besides, one line each. */
  readonly notes: readonly string[];
}

/** What a worker says on the way and in the end. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly fraction: number }
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'failed'; readonly message: string; readonly usage: boolean };

export type Progress = (stage: string, fraction: number) => void;

/** A message of a worker, which a hostile file may have got to say anything; null when it is none. */
export function readWorkerMessage(value: unknown): WorkerMessage | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'progress' && 'stage' in value && 'fraction' in value) {
    const { stage, fraction } = value;
    return typeof stage === 'string' && typeof fraction === 'number' ? { kind: 'progress', stage, fraction } : null;
  }
  if (value.kind === 'failed' && 'message' in value && 'usage' in value) {
    const { message, usage } = value;
    return typeof message === 'string' ? { kind: 'failed', message, usage: usage === true } : null;
  }
  if (value.kind === 'answer' && 'json' in value && 'text' in value && 'worst' in value && 'raw' in value) {
    const { json, text, raw } = value;
    const worst = SEVERITIES.find((severity) => severity === value.worst) ?? null;
    const whole = typeof json === 'string' && typeof text === 'string' && (raw === null || raw instanceof Uint8Array);
    const said = 'notes' in value && Array.isArray(value.notes) ? value.notes : [];
    const notes = said.filter((note): note is string => typeof note === 'string');
    return whole ? { kind: 'answer', json, text, worst, raw, notes } : null;
  }
  return null;
}
