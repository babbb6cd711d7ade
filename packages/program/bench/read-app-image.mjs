/**
 * How long one app takes to read, against what it costs to inflate its entries (the floor nobody gets below) and against
 * `dexdump -d` where that is installed. Build first; then
 *
 *   node packages/program/bench/read-app-image.mjs app.apk [runs]
 *
 * Figures are CPU milliseconds (user and system) of this machine at this moment: quote the ratios.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import { readAppImage } from '@vedette/program';

const [file, runs = '5'] = process.argv.slice(2);
if (file === undefined) throw new Error('which app? give the path of an APK');
const bytes = new Uint8Array(readFileSync(file));
const host = createNodeHost();

function cpuMs(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const dexEntries = () => readZip(bytes, host).value?.entries.filter(({ name }) => /^classes\d*\.dex$/.test(name)) ?? [];
const read = [];
const inflate = [];
for (let run = 0; run < Number(runs); run++) {
  read.push(cpuMs(() => readAppImage(bytes, { name: file, host })));
  inflate.push(cpuMs(() => dexEntries().map((entry) => entry.read())));
}
const { value: image } = readAppImage(bytes, { name: file, host });
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);

const folder = mkdtempSync(join(tmpdir(), 'read-app-image-'));
const files = dexEntries().map((entry) => {
  const path = join(folder, entry.name);
  writeFileSync(path, entry.read().value);
  return path;
});
const started = process.hrtime.bigint();
const dexdump = spawnSync('dexdump', ['-d', ...files], { stdio: 'ignore' });
const dexdumpMs = Number(process.hrtime.bigint() - started) / 1e6;
rmSync(folder, { recursive: true });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const line = (what, value) => process.stdout.write(`${what.padEnd(34)}${value}\n`);
line('cold, first run', `${read[0].toFixed(0)} ms`);
line(`warm, median of ${runs}`, `${median(read).toFixed(0)} ms`);
line('÷ inflating the code alone', `${(median(read) / median(inflate)).toFixed(1)}×`);
if (dexdump.status === 0) line('cold ÷ dexdump -d (wall)', `${(read[0] / dexdumpMs).toFixed(2)}×`);
line('peak memory of the process', `${peakMiB} MiB`);
for (const { stage, status, detail } of image?.stages ?? []) line(`  ${stage}`, `${status}, ${detail}`);
