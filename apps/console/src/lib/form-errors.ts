import { ApiError } from '../api/client.ts';

/** Messages per field, from a schema's issues or from a problem document; `''` holds what belongs to no field. */
export type FieldErrors = Readonly<Record<string, string>>;

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** First message of each field. */
export function fieldErrors(issues: readonly Issue[]): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const field = issue.path.map(String).join('.');
    errors[field] ??= issue.message;
  }
  return errors;
}

/** What a refused request says, by field where the server names one. */
export function refusalErrors(error: unknown): FieldErrors {
  if (!(error instanceof ApiError))
    return { '': error instanceof Error ? error.message : 'Something went wrong. Try again.' };
  const errors: Record<string, string> = {};
  for (const { path, message } of error.errors) errors[path.replace(/^\//, '').replaceAll('/', '.')] ??= message;
  if (Object.keys(errors).length === 0) errors[''] = error.message;
  return errors;
}
