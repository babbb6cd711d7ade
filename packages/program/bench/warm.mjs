/**
 * What a worker does that reads one small app after another: each distinct DEX of the given APKs becomes an app of its
 * own; all are read and linked once to warm up, then `runs` times. Build first; then
 *
 *   node packages/program/bench/warm.mjs app.apk [more.apk …] [--runs 5]
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import { buildZip } from '@vedette/formats/builders';
import { readAppImage } from '@vedette/program';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
});
const host = createNodeHost();
const apps = new Map();
let dexBytes = 0;
for (const apk of positionals) {
  const { value: zip } = readZip(readFileSync(apk), host);
  for (const entry of zip?.entries ?? []) {
    if (!/^classes\d*\.dex$/.test(entry.name)) continue;
    const data = entry.read().value;
    const digest = createHash('sha256').update(data).digest('hex');
    if (apps.has(digest)) continue;
    apps.set(digest, buildZip([{ name: 'classes.dex', data, method: 'stored' }]));
    dexBytes += data.length;
  }
}
if (apps.size === 0) throw new Error('which apps? give the paths of APKs with code');

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
function readOne(bytes) {
  const { value } = readAppImage(bytes, { name: 'app.apk', host });
  const { code } = value;
  code.calls({ class: 'no.such.Class' });
  code.fieldReads({ class: 'no.such.Class' });
  code.instantiations('no.such.Class');
  code.stringLoads(() => false);
  for (const method of code.methods()) {
    code.callees(method, 1);
    break;
  }
}
for (const bytes of apps.values()) readOne(bytes);
const each = [];
const before = cpuMs();
for (let run = 0; run < Number(values.runs); run++) {
  for (const bytes of apps.values()) {
    const start = cpuMs();
    readOne(bytes);
    each.push(cpuMs() - start);
  }
}
const total = (cpuMs() - before) / 1000;
each.sort((a, b) => a - b);
const read = each.length;
const line = (what, value) => process.stdout.write(`${what.padEnd(28)}${value}\n`);
line('apps, megabytes of DEX', `${apps.size}, ${(dexBytes / 1e6).toFixed(1)}`);
line('apps per CPU second', (read / total).toFixed(0));
line('megabytes per CPU second', ((dexBytes * Number(values.runs)) / 1e6 / total).toFixed(1));
line('CPU ms, p50, p95, max', [0.5, 0.95, 1].map((part) => each[Math.ceil(read * part) - 1].toFixed(1)).join(', '));
line('peak memory', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
