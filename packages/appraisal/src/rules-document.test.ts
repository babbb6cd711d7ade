import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { INDICATOR_RULES } from './indicators/indicator-rules.ts';
import { RULES } from './rules/index.ts';
import { renderRulesDocument } from './rules-document.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

describe('docs/rules.md', () => {
  it('says what the rules say (else: npx tsc -b packages/appraisal && node tools/generate-rules-doc.mjs)', () => {
    expect(readFileSync(at('docs/rules.md'), 'utf8')).toBe(renderRulesDocument([...RULES, ...INDICATOR_RULES]));
  });

  const isBuilt = existsSync(at('packages/appraisal/dist/index.js'));
  it.skipIf(!isBuilt)(`has a generator that runs on the built package${isBuilt ? '' : ' (SKIPPED: not built)'}`, () => {
    // The build may be older than the sources, so only the tool's answer counts, not which of the two it is.
    try {
      expect(check()).toContain('up to date');
    } catch (error) {
      expect(String(error)).toContain('out of date');
    }
  });
});

function check(): string {
  return execFileSync(process.execPath, [at('tools/generate-rules-doc.mjs'), '--check'], { encoding: 'utf8' });
}
