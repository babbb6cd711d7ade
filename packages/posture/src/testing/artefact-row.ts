import type { Observable } from '@vedette/contracts';
import type { Files } from './ios-evidence.ts';

/** One row of the table of artefacts: something wrong in it, and the same with nothing wrong. */
export interface ArtefactRow {
  /** As the table names it. */
  readonly row: string;
  /** As its records are named; left out where it is no record that speaks. */
  readonly artefact?: string;
  readonly bad: Files;
  /** Rules that speak without any list. */
  readonly rules?: readonly string[];
  /** What a list names. */
  readonly listed?: Observable;
  /** Where a responder is sent. */
  readonly place: RegExp;
  /** The same artefact of a healthy phone. */
  readonly good: Files;
  /** What its record says; rows that no rule and no list is about are told apart by it. */
  readonly says?: RegExp;
}

export const url = (value: string): Observable => ({ kind: 'url', value });
export const domain = (value: string): Observable => ({ kind: 'domain', value });
export const email = (value: string): Observable => ({ kind: 'email', value });
export const process = (value: string): Observable => ({ kind: 'process', value });
export const app = (value: string): Observable => ({ kind: 'app', value });
