import { isDenial } from '../denial.ts';
import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const COMPONENT = /[A-Za-z][\w]*(?:\.[\w]+)+\/[\w.$]+/g;

/**
 * `dumpsys accessibility`. From Android 14 on it says `Enabled services:{{pkg/service}, {pkg/service}}`; `Bound services`
 * repeats them in another form. Older systems print only `installed services: {…}`, which says nothing about being
 * enabled; there the secure setting `enabled_accessibility_services` is the evidence.
 */
export function createAccessibilityReader(builder: EvidenceBuilder, file: string): LineReader {
  let found = false;
  let refused: { text: string; line: number } | null = null;
  return {
    line(text, number) {
      const trimmed = text.trim();
      if (/^Enabled services:\s*\{/i.test(trimmed)) {
        found = true;
        const components = new Set(trimmed.match(COMPONENT) ?? []);
        for (const component of components) {
          builder.observe('accessibility.service', component, { file, line: number });
        }
        builder.observe('accessibility.service.count', String(components.size), { file, line: number });
      } else if (refused === null && isDenial(text)) refused = { text, line: number };
    },
    end() {
      if (!found && refused !== null) builder.denied('accessibility', refused.text, { file, line: refused.line });
    },
  };
}
