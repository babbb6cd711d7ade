/** What the scripts of the house share: where it is, which Node it needs, whether its dependencies and its build are current. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules', '.cache', 'vedette');

/** Ends the process with one clear line. */
export function fail(line) {
  process.stderr.write(`vedette: ${line}\n`);
  process.exit(1);
}

/** Refuses a Node.js that cannot run this, in words that say what to install. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `this is Node.js ${process.versions.node}; Vedette needs 20.19 or newer. Install Node.js 24 (the supported line) and try again.`,
    );
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) fail(`cannot run ${command}: ${result.error.message}`);
  return result.status ?? 1;
}

/** Runs npm through the script that runs us, so that the same npm is used on every system. */
function npm(args) {
  const script = process.env.npm_execpath;
  return script !== undefined && script.endsWith('.js') ? run(process.execPath, [script, ...args]) : run('npm', args);
}

function stampIs(name, value) {
  const file = join(cache, name);
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

function writeStamp(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, name), value);
}

/** Installs from the lock file when node_modules is missing or was made from another lock file. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (stampIs('lock', lock)) return;
  // A tree that npm itself made from this lock file (`npm ci` by hand) is as good as ours.
  const installed = join(root, 'node_modules', '.package-lock.json');
  const current =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (!current) {
    say('Installing dependencies from the lock file (first start only, under a minute) …');
    if (npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
      fail('the dependencies could not be installed; the lines above say why. Check the network and try again.');
  }
  writeStamp('lock', lock);
}

function sourceStamp() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (name !== 'node_modules' && name !== 'dist') visit(join(path, name));
    } else hash.update(`${relative(root, path)}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const path of ['packages', 'apps', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'])
    visit(join(root, path));
  return hash.digest('hex');
}

/** Compiles the packages and bundles the console, when a source is newer than what was built. */
export async function ensureBuilt({ force = false } = {}) {
  const stamp = sourceStamp();
  const built =
    existsSync(join(root, 'apps/server/dist/main.js')) &&
    existsSync(join(root, 'apps/console/dist/index.html')) &&
    existsSync(join(root, 'apps/cli/dist/bundle/main.js'));
  if (!force && built && stampIs('build', stamp)) return;
  say('Building …');
  const bin = join(root, 'node_modules', '.bin');
  if (run(join(bin, 'tsc'), ['-b']) !== 0) fail('the build failed; the lines above say where.');
  // Whoever builds from within a test would otherwise get a console made for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  if (run(join(bin, 'vite'), ['build', 'apps/console', '--logLevel', 'warn'], { env }) !== 0)
    fail('the console could not be built; the lines above say where.');
  // Loaded when needed: on a fresh clone the bundler is only there after the installation.
  const { bundleCli } = await import('./bundle-cli.mjs');
  await bundleCli();
  writeStamp('build', stamp);
}

/** Runs a command of the house's own tools and gives its exit code. */
export function runTool(name, args, options) {
  return run(join(root, 'node_modules', '.bin', name), args, options);
}

/** Runs a script of the house with the same Node.js and gives its exit code. */
export function runScript(path, args) {
  return run(process.execPath, [join(root, path), ...args]);
}
