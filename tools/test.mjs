/** `npm test`: everything, end to end in a real browser included. Arguments are passed to the test runner. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { ensureBuilt, ensureInstalled, requireNode, runTool } from './workspace.mjs';

/** What the tests use besides the packages of the lock file: how to see that it is there, and the Debian package that brings it. */
const PEERS = [
  {
    name: 'Chromium, for the end-to-end tests in a browser',
    isThere: () =>
      [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(
        (path) => path && existsSync(path),
      ),
    debianPackage: 'chromium',
    byHand: 'install it, or set CHROMIUM to its path',
  },
  {
    name: "PostgreSQL's server programs, for the tests of DATABASE_URL",
    isThere: () =>
      existsSync('/usr/lib/postgresql') &&
      readdirSync('/usr/lib/postgresql').some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`)),
    debianPackage: 'postgresql',
    byHand: 'install the package postgresql',
  },
];

requireNode();
ensureInstalled();
await ensureBuilt();
ensurePeers();
process.exit(runTool('vitest', ['run', ...process.argv.slice(2)]));

/** Installs where we may (Debian, as root); else the tests are skipped aloud, and `CI=true` makes a skip a failure. */
function ensurePeers() {
  const missing = PEERS.filter(({ isThere }) => !isThere());
  if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = missing.map(({ debianPackage }) => debianPackage);
    process.stderr.write(`Installing for the tests: ${packages.join(', ')} …\n`);
    const options = {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    };
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  }
  for (const { name, isThere, byHand } of missing)
    if (!isThere())
      process.stderr.write(`Not here: ${name}. Tests that need it are skipped; to run them, ${byHand}.\n`);
}
