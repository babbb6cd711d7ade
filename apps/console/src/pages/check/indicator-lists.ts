import type { Diagnostic } from '@vedette/contracts';
import { createIndicatorSet, type IndicatorSet, readFamilies, readStix } from '@vedette/indicators';
import type { GivenFile } from './check-files.ts';

/** Reads lists as they are published: STIX bundles, and families of stalkerware in YAML. What cannot be read costs a diagnostic. */
export async function readIndicatorLists(
  files: readonly GivenFile[],
): Promise<{ readonly set: IndicatorSet | null; readonly diagnostics: readonly Diagnostic[] }> {
  if (files.length === 0) return { set: null, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const lists = [];
  for (const file of files) {
    try {
      const { value, diagnostics: notes } = await readOne(file);
      lists.push(value);
      diagnostics.push(...notes.slice(0, 5));
    } catch (error) {
      const message = `This list of indicators cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      diagnostics.push({
        id: 'indicators.unreadable',
        level: 'warning',
        message: message.slice(0, 500),
        where: file.name,
      });
    }
  }
  return { set: createIndicatorSet(lists), diagnostics };
}

async function readOne({ name, bytes }: GivenFile) {
  const text = new TextDecoder().decode(bytes);
  if (/\.ya?ml$/i.test(name)) {
    const { parse } = await import('yaml');
    const value: unknown = parse(text, { maxAliasCount: 100 });
    return readFamilies(value, name);
  }
  const value: unknown = JSON.parse(text);
  return readStix(value, name);
}
