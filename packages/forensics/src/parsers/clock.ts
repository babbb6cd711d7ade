import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

/** `date +%s`: the clock of the device in seconds since 1970, held against the time at which the collector asked. Nothing where that is not known. */
export function createClockReader(builder: EvidenceBuilder, file: string, askedAt: string | null): LineReader {
  return {
    line(text, number) {
      const asked = Date.parse(askedAt ?? '');
      if (number !== 1 || Number.isNaN(asked) || !/^\d{1,12}\s*$/.test(text)) return;
      builder.observe('clock.skew', String(Math.round(Number(text) - asked / 1000)), { file, line: number });
    },
    end() {},
  };
}
