import { STATUS_CODES } from 'node:http';
import type { Problem } from '@vedette/contracts';

/** A refusal: thrown by handlers, answered as `application/problem+json` (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  /** Stable; people and programs may rely on it. */
  readonly code: string;
  readonly errors: Problem['errors'];
  constructor(status: number, code: string, detail: string, errors?: Problem['errors']) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** @param detail what happened and what to do, for a person */
export function problem(status: number, code: string, detail: string, errors?: Problem['errors']): HttpProblem {
  return new HttpProblem(status, code, detail, errors);
}

/** The document of a refusal. RFC 9457 section 4.2.1: with the type `about:blank`, the title is the status phrase. */
export function problemDocument(of: HttpProblem): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[of.status] ?? 'Error',
    status: of.status,
    detail: of.message,
    code: of.code,
    ...(of.errors === undefined ? {} : { errors: of.errors }),
  };
}
