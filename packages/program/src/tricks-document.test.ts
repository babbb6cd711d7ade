import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { TRICKS } from './tricks.ts';
import { renderTricksDocument } from './tricks-document.ts';

it('docs/tricks.md says what the tables say (else: npx tsc -b packages/program && node tools/generate-tricks-doc.mjs)', () => {
  const path = fileURLToPath(new URL('../../../docs/tricks.md', import.meta.url));
  expect(readFileSync(path, 'utf8')).toBe(renderTricksDocument(TRICKS));
});
