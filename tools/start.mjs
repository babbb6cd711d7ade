/** `npm start` and `npm run demo`: from a fresh clone to a running console. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root } from './workspace.mjs';

requireNode();
ensureInstalled();
await ensureBuilt();

const demo = process.argv.includes('--demo');
const entry = join(root, 'apps/server/dist', demo ? 'demo.js' : 'main.js');
const data = process.env.VEDETTE_DATA ?? join(root, '.vedette', demo ? 'demo' : 'data');
const server = spawn(process.execPath, [entry], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, VEDETTE_DATA: data },
});

// Ctrl-C reaches the whole process group from the terminal; a signal sent to us alone is passed on. Either way the server decides when it has stopped.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('error', (error) => {
  process.stderr.write(`vedette: the server could not be started: ${error.message}\n`);
  process.exit(1);
});
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
