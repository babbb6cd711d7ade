import type { Appraisal } from '@vedette/contracts';
import { CliError, EXIT } from '../exit-code.ts';
import { readInput } from './read-input.ts';

/** Far above the largest report of a real app. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Whether bytes look like a report and not like an app: no app begins with a brace or a bracket. */
export function looksLikeReport(bytes: Uint8Array): boolean {
  // A byte order mark and white space may stand before JSON.
  const start = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 64))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return start.startsWith('{') || start.startsWith('[');
}

/**
 * Reads what `vedette scan --format json` wrote: one appraisal or a list of them.
 * @throws CliError with one line when it is something else
 */
export async function readReport(path: string): Promise<readonly Appraisal[]> {
  return parseReport(path, readInput(path, LARGEST_BYTES));
}

export async function parseReport(path: string, bytes: Uint8Array): Promise<readonly Appraisal[]> {
  const { Appraisal: Schema } = await import('@vedette/contracts');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new CliError(EXIT.failed, `${path} is no JSON; give what vedette scan --format json wrote`);
  }
  const all: unknown[] = Array.isArray(value) ? value : [value];
  if (all.length === 0) throw new CliError(EXIT.failed, `${path} is an empty list`);
  return all.map((one, index) => {
    const read = Schema.safeParse(one);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = [...(all.length > 1 ? [`report ${index + 1}`] : []), ...(issue?.path ?? [])].join('.');
    throw new CliError(
      EXIT.failed,
      `${path} is no appraisal: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'not valid'}`,
    );
  });
}
