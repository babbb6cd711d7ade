/** `npm test`: everything, end to end in a real browser included. Arguments are passed to the test runner. */
import { ensurePeers } from './peers.mjs';
import { ensureBuilt, ensureInstalled, requireNode, runTool } from './workspace.mjs';

requireNode();
ensureInstalled();
await ensureBuilt();
const hasPeers = ensurePeers();
const exitCode = runTool('vitest', ['run', ...process.argv.slice(2)]);
process.exit(hasPeers ? exitCode : 1);
