/**
 * The whole of `vedette scan` on apps made large out of real code: processor time, memory, and what a budget left out. Build and bundle first; then
 *
 *   node packages/appraisal/bench/full-report.mjs SIZE_MB DEX_COUNT APK…
 *
 * The app has DEX_COUNT code files, those of the given APKs over and over, and is filled up to SIZE_MB with assets that do not compress.
 * Classes met again count as duplicates, as the platform counts them, but are read, decoded and searched like any other.
 */
import { spawnSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import { buildZip } from '@vedette/formats/builders';

const [size, count, ...apks] = process.argv.slice(2);
const wanted = Number(size) * 1e6;
if (!(wanted > 0) || !(Number(count) > 0) || apks.length === 0) {
  process.stderr.write('usage: full-report.mjs SIZE_MB DEX_COUNT APK…\n');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'vedette-full-'));
try {
  const app = join(folder, 'large.apk');
  const dexBytes = make(app);
  const cli = join(import.meta.dirname, '../../../apps/cli/bin/vedette.mjs');
  const report = join(folder, 'report.json');
  const args = [cli, 'scan', app, '--format', 'json', '--output', report, '--timeout', '600'];
  const { stderr, status } = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', process.execPath, ...args], {
    encoding: 'utf8',
  });
  const [user, system, wall, memory] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  const { coverage, verdict, findings, diagnostics } = JSON.parse(readFileSync(report, 'utf8'));
  const cells = [
    `${size} MB, ${count} DEX files, ${(dexBytes / 1e6).toFixed(0)} MB of DEX`,
    `${(user + system).toFixed(1)} s`,
    `${wall.toFixed(1)} s`,
    `${Math.round(memory / 1024)} MiB`,
    `${verdict}, ${findings.length} findings, exit ${status}`,
    JSON.stringify(coverage.stages?.filter(({ status: state }) => state !== 'complete') ?? coverage),
    `${diagnostics.length} diagnostics`,
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function make(path) {
  const host = createNodeHost();
  const code = [];
  let manifest;
  for (const apk of apks) {
    const { value: zip } = readZip(new Uint8Array(readFileSync(apk)), host);
    manifest ??= zip.find('AndroidManifest.xml').read().value;
    for (const entry of zip.entries) if (/^classes\d*\.dex$/.test(entry.name)) code.push(entry.read().value);
  }
  const entries = [packed('AndroidManifest.xml', manifest)];
  let bytes = 0;
  let total = 0;
  for (let index = 0; index < Number(count); index++) {
    const dex = code[index % code.length];
    bytes += dex.length;
    const entry = packed(index === 0 ? 'classes.dex' : `classes${index + 1}.dex`, dex);
    total += entry.packed.bytes.length;
    entries.push(entry);
  }
  // A key stream: as incompressible as media, the same on every run.
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, 7), Buffer.alloc(16));
  for (let index = 0; total < wanted; index++) {
    const data = stream.update(Buffer.alloc(Math.min(4e6, wanted - total)));
    entries.push({ name: `assets/media-${index}.bin`, data: new Uint8Array(data) });
    total += data.length;
  }
  writeFileSync(path, buildZip(entries));
  return bytes;
}

function packed(name, data) {
  return {
    name,
    data,
    method: 'deflated',
    packed: { bytes: new Uint8Array(deflateRawSync(data, { level: 6 })), size: data.length },
  };
}
