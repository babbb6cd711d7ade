import type { Observation } from '@vedette/contracts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import { createEvidenceBuilder } from '../evidence-builder.ts';
import { feedLines, type LineReader } from '../lines.ts';

/** For tests: what a reader of lines makes of a text. */
export function readText(
  text: string,
  create: (builder: EvidenceBuilder, file: string) => LineReader,
): ReturnType<EvidenceBuilder['finish']> & {
  value: (key: string) => string | undefined;
  values: (key: string) => string[];
} {
  const builder = createEvidenceBuilder('adb');
  feedLines(new TextEncoder().encode(text), create(builder, 'answer.txt'));
  const read = builder.finish({ now: '2026-11-20T12:00:00.000Z' });
  const values = (key: string): string[] =>
    read.evidence.observations
      .filter((entry: Observation) => entry.key === key)
      .map((entry: Observation) => entry.value);
  return { ...read, values, value: (key) => values(key)[0] };
}
