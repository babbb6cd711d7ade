/** `npm test`: everything, end to end in a real browser included. Arguments are passed to the test runner. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBuilt, ensureInstalled, requireNode, runTool } from './workspace.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
ensureChromium();
process.exit(runTool('vitest', ['run', ...process.argv.slice(2)]));

/** The end-to-end tests need Chromium: installed here where we may (Debian, as root); else the tests are skipped aloud, and fail under CI. */
function ensureChromium() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  );
  if (found) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing Chromium for the end-to-end tests …\n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (existsSync('/usr/bin/chromium')) return;
  }
  process.stderr.write(
    'Chromium is not here and could not be installed: the end-to-end tests in the browser will be skipped. Install it, or set CHROMIUM to its path.\n',
  );
}
