import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';
import { OBSERVED_PROPERTIES } from '../observed-keys.ts';

const PROPERTY = /^\[([^\]]{1,256})\]: \[(.*?)(\])?$/;

/**
 * `getprop`: one `[key]: [value]` a line. A value may run over several lines until a line ends with `]`; only its first
 * line is kept. Empty values say nothing and are dropped.
 */
export function createGetpropReader(builder: EvidenceBuilder, file: string): LineReader {
  let count = 0;
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      if (!text.startsWith('[')) {
        if (refused === null && isDenial(text)) refused = { text, line: number };
        return;
      }
      const match = PROPERTY.exec(text);
      if (match === null) return;
      count += 1;
      const key = match[1] ?? '';
      const value = (match[2] ?? '').trim();
      if (value === '') return;
      if (key === 'persist.sys.timezone') builder.setTimeZone(value);
      builder.record({
        artefact: 'android.property',
        text: `${key} = ${value}`,
        place: { file, line: number },
        fields: { name: key, value },
        observables: [{ kind: 'property', value: key }],
      });
      if (OBSERVED_PROPERTIES.has(key)) builder.observe(`getprop.${key}`, value, { file, line: number });
    },
    end() {
      if (count === 0) {
        builder.denied('getprop', refused?.text ?? 'no properties in the answer', { file, line: refused?.line });
      }
    },
  };
}
