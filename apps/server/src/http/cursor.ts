import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { problem } from './problem.ts';

/** Where a list was left: the sort values of the last row shown. Opaque to the caller, and never trusted when it comes back. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws HttpProblem 400 `bad-cursor` when the text is not one that `encodeCursor` made for this list */
export function decodeCursor<T extends z.ZodType>(text: string, shape: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success)
    throw problem(400, 'bad-cursor', 'This page of the list cannot be found: begin at the first page');
  return parsed.data;
}

/** Query parameters of every list. */
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.largestPage).default(LIMITS.pageSize),
};

/** Splits what a query for `limit + 1` rows gave into the page and where the next one begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly (string | number | null)[],
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}

/** A pattern for `ilike` that finds `text` anywhere, with its own wildcards taken literally. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (each) => `\\${each}`)}%`;
}
