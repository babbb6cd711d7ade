import type { SuppressionList } from '@vedette/contracts';
import { CliError, EXIT } from '../exit-code.ts';
import { readInput } from './read-input.ts';

/** A thousand decisions with long reasons fit. */
const LARGEST_BYTES = 2 * 1024 * 1024;

/**
 * Reads a list of suppressions, YAML 1.2 or the JSON that is a part of it. No references between nodes: a few lines of those can stand for gigabytes.
 * @throws CliError with one line that names the entry and what is wrong with it
 */
export async function readSuppressions(path: string): Promise<SuppressionList> {
  const bytes = readInput(path, LARGEST_BYTES);
  const { parseYaml } = await import('./parse-yaml.ts');
  const { SuppressionList: List } = await import('@vedette/contracts');
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = parseYaml(text, { schema: 'core', maxAliasCount: 0, uniqueKeys: true, logLevel: 'error' });
  } catch (error) {
    throw malformed(path, error instanceof Error ? firstLine(error.message) : String(error));
  }
  if (!Array.isArray(value)) throw malformed(path, 'it is not a list; every entry begins with "- rule:"');
  const read = List.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [index, ...keys] = issue?.path ?? [];
  const entry =
    typeof index === 'number' ? `entry ${index + 1}${keys.length === 0 ? '' : `, ${keys.join('.')}`}` : 'the list';
  throw malformed(path, `${entry}: ${firstLine(issue?.message ?? 'is not valid')}`);
}

function malformed(path: string, reason: string): CliError {
  return new CliError(EXIT.usage, `${path} is no list of suppressions: ${reason}`);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/:$/, '');
}
