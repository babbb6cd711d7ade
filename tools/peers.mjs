/** Programs that the tests run against, and how they come onto the machine. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const hasProgram = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

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
  {
    name: 'adb, for the tests of live collection from Android',
    isThere: () => hasProgram('adb'),
    debianPackage: 'adb',
    byHand: 'install the package adb',
  },
  {
    name: 'the tools of libimobiledevice, for the tests of live collection from iPhones',
    isThere: () => hasProgram('idevice_id'),
    debianPackage: 'libimobiledevice-utils',
    byHand: 'install the package libimobiledevice-utils',
  },
  {
    name: 'ideviceinstaller, for the tests of live collection from iPhones',
    isThere: () => hasProgram('ideviceinstaller'),
    debianPackage: 'ideviceinstaller',
    byHand: 'install the package ideviceinstaller',
  },
];
const TRIES = 3;

/**
 * Installs where we may (Debian, as root); else the tests that need a peer are skipped aloud.
 * @returns false where one is missing and `CI=true`: there a skipped test is a failure
 */
export function ensurePeers() {
  const missing = () => PEERS.filter(({ isThere }) => !isThere());
  for (let tries = 0; tries < TRIES && missing().length > 0 && mayInstall(); tries++)
    install(missing().map(({ debianPackage }) => debianPackage));
  for (const { name, byHand } of missing())
    process.stderr.write(`Not here: ${name}. Tests that need it are skipped; to run them, ${byHand}.\n`);
  return missing().length === 0 || process.env.CI !== 'true';
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function install(packages) {
  process.stderr.write(`Installing for the tests: ${packages.join(', ')} …\n`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}
