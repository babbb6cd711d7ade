/** Writes docs/tricks.md from the tables beside the readers. Build first: npx tsc -b packages/program */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { renderTricksDocument, TRICKS } = await import('@vedette/program');
writeFileSync(fileURLToPath(new URL('../docs/tricks.md', import.meta.url)), renderTricksDocument(TRICKS));
console.log(`docs/tricks.md: ${TRICKS.length} tricks`);
