import type { EvidenceRecord } from '@vedette/contracts';
import { createEvidenceBuilder, type EvidenceBuilder } from './evidence-builder.ts';

/** What a parser writes, dated as a phone in Berlin would. All records are kept, dated or not. */
export function recordsOf(write: (builder: EvidenceBuilder) => void): {
  readonly records: readonly EvidenceRecord[];
  readonly diagnostics: readonly string[];
} {
  const builder = createEvidenceBuilder('androidqf', { onRecord: () => true });
  builder.setTimeZone('Europe/Berlin');
  write(builder);
  const { records, diagnostics } = builder.finish({ now: '2026-11-23T00:00:00.000Z' });
  return { records, diagnostics: diagnostics.map(({ id }) => id) };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
