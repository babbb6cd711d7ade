/**
 * Cross references, call graph and reachability of one app, beside cross references alone.
 *
 *   node packages/program/bench/call-graph.mjs app.apk
 *
 * CPU milliseconds by step, and what the graph found. Androguard has no reachability; its whole analysis
 * (`analyze.py`) is what to compare with: run `peers.mjs` on the same file.
 */
import { readFileSync } from 'node:fs';
import { createNodeHost } from '@vedette/bytes/node';
import { createCallGraph, readAppImage } from '@vedette/program';

const [file] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
let before = process.cpuUsage();
function step(name, work) {
  const value = work();
  const { user, system } = process.cpuUsage(before);
  say(`${name.padEnd(24)}${((user + system) / 1000).toFixed(0)} ms`);
  before = process.cpuUsage();
  return value;
}

const bytes = step('node, modules, file', () => readFileSync(file));
const { value: image } = step('read', () => readAppImage(bytes, { name: file, host: createNodeHost() }));
if (image?.manifest == null || image.code.linked === undefined) throw new Error(`${file} is no app with code`);
const { linked } = image.code;
step('cross references', () => [linked.space, linked.calls, linked.fieldUses, linked.typeUses, linked.stringLoads]);
const graph = step('call graph', () => createCallGraph(linked, image.manifest));
const methods = [...image.code.methods()].map(({ class: owner, name, descriptor }) => ({
  class: owner,
  method: name + descriptor,
}));
before = process.cpuUsage();
step('path of every method', () => methods.reduce((total, method) => total + (graph.pathTo(method)?.length ?? 0), 0));
say(JSON.stringify(graph.stats, null, 1));
say(`peak memory             ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
