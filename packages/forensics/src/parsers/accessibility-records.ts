import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const COMPONENT = /[A-Za-z]\w*(?:\.\w+)+\/[\w.$]+/g;

/**
 * Accessibility services of `dumpsys accessibility` by their apps, so that lists can name them: `Enabled services:{{pkg/service}, …}` of Android 14 and later, and
 * `installed services: {…}` before, which may go on over lines until its bracket closes and says nothing of being enabled.
 */
export function createAccessibilityRecordsReader(builder: EvidenceBuilder, file: string): LineReader {
  const told = new Set<string>();
  let inside = false;
  return {
    line(text, number) {
      const trimmed = text.trim();
      const enabled = /^Enabled services:\s*\{/i.test(trimmed);
      const opens = /^installed services:\s*\{/i.test(trimmed);
      if (!enabled && !opens && !inside) return;
      const state = enabled ? 'enabled' : 'installed';
      for (const component of trimmed.match(COMPONENT) ?? []) {
        const key = `${state} ${component}`;
        if (told.has(key)) continue;
        told.add(key);
        const app = component.slice(0, component.indexOf('/'));
        builder.record({
          artefact: 'android.accessibility',
          text: `${component} is an ${state} accessibility service`,
          place: { file, line: number },
          fields: { package: app, component, state },
          observables: [{ kind: 'app', value: app }],
        });
      }
      inside = !enabled && !trimmed.endsWith('}');
    },
    end() {},
  };
}
