/** `npm run check`: types, references, imports, lint, format, the fast tests and a minute of fuzzing. Stops at nothing, says all, fails if one fails. */
import { ensurePeers } from './peers.mjs';
import { ensureInstalled, requireNode, runScript, runTool } from './workspace.mjs';

requireNode();
ensureInstalled();
const hasPeers = ensurePeers();

const gates = [
  ['types', 'tsc', ['-b']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['format', 'biome', ['check', '--linter-enabled=false', '.']],
  ['tests of the tools (imports, references)', 'vitest', ['run', '--project', 'house']],
  ['unit tests', 'vitest', ['run', '--project', 'unit']],
];
const failed = hasPeers ? [] : ['programs to test against'];
for (const [name, tool, args] of gates) {
  process.stderr.write(`\n— ${name}\n`);
  if (runTool(tool, args) !== 0) failed.push(name);
}
process.stderr.write('\n— hostile files for every reader, one minute\n');
if (runScript('tools/fuzz.mjs', ['--seconds', '60']) !== 0) failed.push('fuzzing');
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exit(1);
}
process.stderr.write('\nAll gates passed.\n');
