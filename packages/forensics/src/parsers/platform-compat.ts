import type { EvidenceBuilder } from '../evidence-builder.ts';
import type { LineReader } from '../lines.ts';

const CHANGE = /^\s*ChangeId\((\d{1,20})(?:; name=(\w{1,200}))?/;
const APP = /([A-Za-z]\w*(?:\.\w+)+)=(?:true|false)/g;

/**
 * `dumpsys platform_compat` (AOSP CompatConfig.dumpConfig): `ChangeId(1; name=X; packageOverrides={a=false}; rawOverrides={b=false}; overridable)`. An app among the raw overrides that
 * is not among the others is not installed: it was here, or something meant it to be.
 */
export function createPlatformCompatReader(builder: EvidenceBuilder, file: string): LineReader {
  const told = new Set<string>();
  return {
    line(text, number) {
      const change = CHANGE.exec(text);
      if (change === null) return;
      const installed = new Set(appsOf(text, 'packageOverrides={'));
      for (const app of appsOf(text, 'rawOverrides={')) {
        if (installed.has(app) || told.has(app)) continue;
        told.add(app);
        builder.record({
          artefact: 'android.platform-compat',
          text: `${app}, which is not installed, has a setting of its own for ${change[2] ?? change[1] ?? ''}`,
          place: { file, line: number },
          fields: { package: app, change: change[2] ?? change[1] ?? '' },
          observables: [{ kind: 'app', value: app }],
        });
      }
    },
    end() {},
  };
}

function appsOf(text: string, opening: string): string[] {
  const start = text.indexOf(opening);
  if (start === -1) return [];
  const end = text.indexOf('}', start);
  const inside = text.slice(start + opening.length, end === -1 ? undefined : end);
  return [...inside.matchAll(APP)].map((match) => match[1] ?? '');
}
