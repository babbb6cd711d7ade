/**
 * Reads manifest and code of one app and links every table of its cross references: what `peers.mjs` measures as ours, and what androguard's
 * AnalyzeAPK does. `vedette inspect FILE xrefs` reads no more.
 *
 *   node packages/program/bench/xref.mjs app.apk [phases]
 *
 * With `phases` it says what each step takes, in CPU milliseconds.
 */
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';

const [file, phases] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
let before = process.cpuUsage();
function step(name, work) {
  const value = work();
  const { user, system } = process.cpuUsage(before);
  if (phases !== undefined) say(`${name.padEnd(24)}${((user + system) / 1000).toFixed(0)} ms`);
  before = process.cpuUsage();
  return value;
}

// As it is: a copy would count as our memory.
const bytes = step('node, modules, file', () => readFileSync(file));
const host = createNodeHost();
const { value: image } = step('read', () => readAppImage(bytes, { name: file, host, only: ['manifest', 'code'] }));
if (image === null) throw new Error(`${file} is no app`);
const { code } = image;
const none = 'no.such.Class';
step('link names', () => code.referencesClass(none));
step('link calls', () => code.calls({ class: 'java.lang.Object' }, 1));
step('link fields', () => code.fieldReads({ class: 'android.os.Build' }, 1));
step('link types', () => code.instantiations('java.lang.Object', 1));
step('link strings', () => code.stringLoads(() => false));
step('forward calls', () => {
  for (const { class: owner, name, descriptor } of code.methods()) {
    code.callees({ class: owner, name, descriptor }, 1);
    break;
  }
});
if (phases !== undefined) {
  say(`peak memory             ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
  for (const { stage, status, detail, elapsedMs } of image.stages) {
    say(`  ${stage}: ${status}, ${detail}, ${elapsedMs.toFixed(0)} ms elapsed`);
  }
}
