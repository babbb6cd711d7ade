/**
 * Whether our cross references equal androguard's, reference by reference (file, class, method, place, target). Build
 * first; then, with androguard 4 installed for some Python,
 *
 *   ANDROGUARD_PYTHON=/path/to/python node packages/program/bench/compare-androguard.mjs app.apk [more.apk …]
 *
 * Prints a table by APK and kind. Differences that follow from what androguard leaves out or renames are counted under
 * that reason; any other is printed and makes the exit status 1.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@vedette/bytes/node';
import { javaName } from '@vedette/formats';
import { readAppImage } from '@vedette/program';

const python = process.env.ANDROGUARD_PYTHON;
const say = (text) => process.stdout.write(`${text}\n`);
if (python === undefined) {
  say('SKIPPED: no androguard. Set ANDROGUARD_PYTHON to a Python that can import androguard 4.');
  process.exit(0);
}

const KINDS = ['call', 'field-read', 'field-write', 'new-instance', 'const-class', 'string'];

function ourReferences(code) {
  const found = new Map(KINDS.map((kind) => [kind, new Map()]));
  const add = (kind, site, target) => {
    found.get(kind).set([site.file, site.class, site.method, site.codeOffset, target].join('\t'), { site, target });
  };
  for (const site of code.calls({}, Number.POSITIVE_INFINITY)) add('call', site, site.target);
  for (const site of code.fieldReads({}, Number.POSITIVE_INFINITY)) add('field-read', site, site.target);
  for (const site of code.fieldWrites({}, Number.POSITIVE_INFINITY)) add('field-write', site, site.target);
  for (const site of code.instantiations(null, Number.POSITIVE_INFINITY)) add('new-instance', site, site.target);
  for (const site of code.classLiterals(null, Number.POSITIVE_INFINITY)) add('const-class', site, site.target);
  for (const site of code.stringLoads(() => true, Number.POSITIVE_INFINITY)) {
    add('string', site, JSON.stringify(site.value));
  }
  return found;
}

async function theirReferences(apk) {
  const found = new Map(KINDS.map((kind) => [kind, new Map()]));
  const ownFields = new Set();
  const script = fileURLToPath(new URL('dump-androguard.py', import.meta.url));
  const child = spawn(python, [script, apk], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, file, owner, ...rest] = line.split('\t').map((part) => JSON.parse(part));
    if (kind === 'field') {
      const [name, type] = rest;
      ownFields.add(`${file}\t${javaName(owner)}.${name}:${type}`);
      continue;
    }
    const [method, bytes, first, name = '', type = ''] = rest;
    const target =
      {
        call: () => `${javaName(first)}.${name}${type}`,
        'field-read': () => `${javaName(first)}.${name}:${type}`,
        'field-write': () => `${javaName(first)}.${name}:${type}`,
        string: () => JSON.stringify(first),
      }[kind]?.() ?? javaName(first);
    const site = { file, class: javaName(owner), method, codeOffset: bytes / 2 };
    found.get(kind).set([file, site.class, method, site.codeOffset, target].join('\t'), { site, target });
  }
  const status = await ended;
  if (status !== 0) throw new Error(`androguard ended with status ${status} on ${apk}`);
  return { found, ownFields };
}

const isPrimitive = (name) => /^(boolean|byte|char|short|int|long|float|double)$/.test(name);
const element = (name) => name.replace(/(\[\])+/, '');

/** Why androguard has no such reference, or has another in its place; null when nothing known explains it. */
function reasonForOurs(kind, { site, target }, ownFields) {
  if (kind.startsWith('field-')) {
    return ownFields.has(`${site.file}\t${target}`)
      ? null
      : 'field is not defined in the same DEX: androguard leaves it out';
  }
  if (kind === 'call') {
    const owner = target.slice(0, target.lastIndexOf('.', target.indexOf('(')));
    if (owner.endsWith('[]')) {
      return isPrimitive(element(owner))
        ? 'method of an array of primitives: androguard leaves it out'
        : 'method of an array: androguard names the element';
    }
    return site.kind === 'polymorphic' ? 'invoke-polymorphic: androguard leaves it out' : null;
  }
  if (kind === 'const-class' || kind === 'new-instance') {
    if (isPrimitive(element(target))) return 'array of primitives: androguard leaves it out';
    if (element(target) === site.class) return 'the class that the code is in: androguard leaves it out';
    if (target.endsWith('[]')) return 'array: androguard names the element';
  }
  return null;
}

function reasonForTheirs(kind, { site, target }, ours, live) {
  if (!live.has(`${site.file}\t${site.class}`)) return 'class of an earlier DEX hides this one: dead code';
  if (kind === 'call' || kind === 'const-class' || kind === 'new-instance') {
    const place = [site.file, site.class, site.method, site.codeOffset].join('\t');
    const same = ours.get(place);
    if (same !== undefined && element(same) === target) return 'androguard names the element of an array';
  }
  return null;
}

let unexplained = 0;
say('| APK | kind | ours | androguard | only ours | only androguard | why |');
say('|---|---|---:|---:|---:|---:|---|');
for (const apk of process.argv.slice(2)) {
  const { value: image } = readAppImage(new Uint8Array(readFileSync(apk)), { name: apk, host: createNodeHost() });
  if (image === null) throw new Error(`${apk} is no app`);
  const ours = ourReferences(image.code);
  const live = new Set(Array.from(image.code.classes(), ({ file, name }) => `${file}\t${name}`));
  const { found: theirs, ownFields } = await theirReferences(apk);
  for (const kind of KINDS) {
    const [mine, other] = [ours.get(kind), theirs.get(kind)];
    const targets = new Map(
      Array.from(mine.values(), ({ site, target }) => [
        [site.file, site.class, site.method, site.codeOffset].join('\t'),
        target,
      ]),
    );
    const reasons = new Map();
    const count = (reason, reference, side) => {
      if (reason === null) {
        unexplained += 1;
        if (unexplained <= 20) process.stderr.write(`only ${side}: ${kind} ${JSON.stringify(reference)}\n`);
      }
      const text = reason ?? 'UNEXPLAINED';
      reasons.set(text, (reasons.get(text) ?? 0) + 1);
    };
    let [onlyOurs, onlyTheirs] = [0, 0];
    for (const [key, reference] of mine) {
      if (other.has(key)) continue;
      onlyOurs += 1;
      count(reasonForOurs(kind, reference, ownFields), reference, 'ours');
    }
    for (const [key, reference] of other) {
      if (mine.has(key)) continue;
      onlyTheirs += 1;
      count(reasonForTheirs(kind, reference, targets, live), reference, 'androguard');
    }
    const why = Array.from(reasons, ([reason, number]) => `${number} × ${reason}`).join('; ');
    say(`| ${basename(apk)} | ${kind} | ${mine.size} | ${other.size} | ${onlyOurs} | ${onlyTheirs} | ${why} |`);
  }
}
if (unexplained > 0) say(`\n${unexplained} differences are not explained.`);
process.exitCode = unexplained > 0 ? 1 : 0;
