import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

/** `getenforce`: `Enforcing`, `Permissive` or `Disabled` on the first line. */
export function createSelinuxReader(builder: EvidenceBuilder, file: string): LineReader {
  let done = false;
  return {
    line(text, number) {
      const mode = text.trim();
      if (done || mode === '') return;
      done = true;
      const place = { file, line: number };
      if (/^(enforcing|permissive|disabled)$/i.test(mode)) {
        builder.observe('selinux.mode', `${mode.charAt(0).toUpperCase()}${mode.slice(1).toLowerCase()}`, place);
      } else {
        builder.denied('selinux', isDenial(mode) ? mode : `unexpected answer: ${mode}`, place);
      }
    },
    end() {
      if (!done) builder.denied('selinux', 'no answer', { file });
    },
  };
}
