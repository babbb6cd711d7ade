/**
 * Our cross references and signature verification beside other tools on the same files in the same run, in turns. Build
 * first; then
 *
 *   ANDROGUARD_PYTHON=/path/to/python node packages/program/bench/peers.mjs app.apk [more.apk …] [--runs 5] [--slow-runs 1]
 *
 * With two apps or more, `mega` is made of all their distinct DEX files, in the temporary folder. Tools that are missing
 * are skipped and named. Ours run as bundles made in the temporary folder, as the command line does. CPU is user and system time of whole processes, medians; quote the ratios, not the figures.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import { bundleProgram } from './bundle.mjs';
import { makeMega } from './make-mega.mjs';
import { hasProgram, runInTurns, runProcess } from './run-process.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    'slow-runs': { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
  },
});
if (positionals.length === 0) throw new Error('which apps? give the paths of APKs');
const say = (text) => process.stdout.write(`${text}\n`);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vedette-peers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const xrefProgram = await bundleProgram('xref.mjs', folder);
const verifyProgram = await bundleProgram('verify-signature.mjs', folder);

const apps = positionals.map((path) => ({ name: basename(path, '.apk'), path, signed: true }));
if (apps.length > 1) {
  const path = join(folder, 'mega.apk');
  makeMega(positionals, path);
  apps.push({ name: 'mega', path, signed: sign(path) });
}

/** Signs with a key made for the purpose, so that large signatures can be compared; false without the tools. */
function sign(path) {
  if (!hasProgram('apksigner') || !hasProgram('keytool')) return false;
  const store = join(folder, 'key.jks');
  const pass = 'bench-only';
  const identity = ['-storepass', pass, '-keypass', pass, '-alias', 'bench', '-dname', 'CN=Bench'];
  const key = [
    'keytool',
    '-genkeypair',
    '-keyalg',
    'RSA',
    '-keysize',
    '2048',
    '-validity',
    '10000',
    '-keystore',
    store,
  ];
  const made = runProcess([...key, ...identity]);
  const args = ['--ks', store, '--ks-pass', `pass:${pass}`, '--min-sdk-version', '24', path];
  return made.status === 0 && runProcess(['apksigner', 'sign', ...args]).status === 0;
}

const python = process.env.ANDROGUARD_PYTHON;
const hasAndroguard = python !== undefined && runProcess([python, '-c', 'import androguard']).status === 0;
// With the flag that the command line sets for its analysis thread.
const xref = (app) => [process.execPath, '--no-concurrent-recompilation', xrefProgram, app.path];

/** `goal`: how much of the tool's CPU time ours may take, from 6 MB of code up and at mega. */
const peers = [
  {
    name: 'androguard AnalyzeAPK',
    there: hasAndroguard,
    need: 'ANDROGUARD_PYTHON, a Python with androguard 4',
    slow: true,
    ours: xref,
    theirs: (app) => [python, here('analyze.py'), app.path],
  },
  {
    name: 'dexdump -d',
    there: hasProgram('dexdump'),
    need: 'dexdump',
    ours: xref,
    theirs: (app) => ['dexdump', '-d', app.path],
  },
  {
    name: 'apktool d',
    there: hasProgram('apktool'),
    need: 'apktool',
    slow: true,
    ours: xref,
    theirs: (app) => ['apktool', 'd', '-f', '-o', join(folder, 'decoded'), app.path],
  },
  {
    name: 'aapt2 dump badging',
    there: hasProgram('aapt2'),
    need: 'aapt2',
    ours: xref,
    theirs: (app) => ['aapt2', 'dump', 'badging', app.path],
  },
  {
    name: 'apksigner verify',
    there: hasProgram('apksigner'),
    need: 'apksigner',
    signed: true,
    ours: (app) => [process.execPath, verifyProgram, app.path],
    theirs: (app) => ['apksigner', 'verify', app.path],
  },
].filter(({ name }) => values.only?.some((part) => name.includes(part)) ?? true);

for (const { name, there, need } of peers) if (!there) say(`SKIPPED: ${name}, which needs ${need}.`);
if (runProcess(['true']).peakMiB === null) say('SKIPPED: peak memory, which needs GNU time at /usr/bin/time.');

const mib = (value) => (value === null ? '–' : value.toFixed(0));
say('| app | DEX MB | tool | ours CPU s | tool CPU s | tool ÷ ours | ours ÷ tool | ours MiB | tool MiB |');
say('|---|---:|---|---:|---:|---:|---:|---:|---:|');
for (const app of apps) {
  const { value: zip } = readZip(new Uint8Array(readFileSync(app.path)), createNodeHost());
  const dexBytes = zip?.entries.reduce((sum, { name, size }) => sum + (/^classes\d*\.dex$/.test(name) ? size : 0), 0);
  for (const peer of peers) {
    if (!peer.there || (peer.signed && !app.signed)) continue;
    const runs = Number(peer.slow ? values['slow-runs'] : values.runs);
    const [ours, theirs] = runInTurns([peer.ours(app), peer.theirs(app)], runs);
    const failed = [ours.status !== 0 && 'ours failed', theirs.status !== 0 && 'it failed'].filter(Boolean).join(', ');
    say(
      `| ${app.name} | ${(dexBytes / 1e6).toFixed(1)} | ${peer.name}${failed && ` (${failed})`} | ${(ours.cpuMs / 1000).toFixed(2)} | ${(theirs.cpuMs / 1000).toFixed(2)} | ${(theirs.cpuMs / ours.cpuMs).toFixed(1)}× | ${(ours.cpuMs / theirs.cpuMs).toFixed(2)} | ${mib(ours.peakMiB)} | ${mib(theirs.peakMiB)} |`,
    );
  }
  const limit = 60 + (4 * dexBytes) / 2 ** 20;
  say(`| ${app.name} | | limit of our memory, 60 MiB + 4 × DEX | | | | | ${limit.toFixed(0)} | |`);
}
