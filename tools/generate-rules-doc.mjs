/**
 * Writes docs/rules.md from the rules of the built package. With --check it only says whether the document is up to date.
 * Build first: npx tsc -b packages/appraisal
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../packages/appraisal/dist/index.js', import.meta.url);
const target = fileURLToPath(new URL('../docs/rules.md', import.meta.url));

const { INDICATOR_RULES, RULES, renderRulesDocument } = await import(built.href).catch((error) => {
  console.error(`packages/appraisal is not built (npx tsc -b packages/appraisal): ${error.message}`);
  process.exit(2);
});
const text = renderRulesDocument([...RULES, ...INDICATOR_RULES]);

if (process.argv.includes('--check')) {
  let present = '';
  try {
    present = readFileSync(target, 'utf8');
  } catch {
    // A missing document is out of date as well.
  }
  if (present !== text) {
    console.error('docs/rules.md is out of date: run node tools/generate-rules-doc.mjs');
    process.exit(1);
  }
  console.log(`docs/rules.md is up to date (${RULES.length} rules)`);
} else {
  writeFileSync(target, text);
  console.log(`docs/rules.md: ${RULES.length} rules`);
}
