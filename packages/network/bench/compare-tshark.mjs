/**
 * Compares JA3 of every greeting in a folder of captures with what tshark says of it:
 *   node packages/network/bench/compare-tshark.mjs FOLDER
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ja3Text, readClientHello } from '../dist/index.js';
import { capturedHellos } from '../dist/testing/captured-hellos.js';

const [folder] = process.argv.slice(2);
if (folder === undefined || spawnSync('tshark', ['--version']).status !== 0) {
  process.stderr.write('usage: compare-tshark.mjs FOLDER (needs tshark)\n');
  process.exit(2);
}
const byFile = new Map();
for (const { file, bytes } of capturedHellos(folder)) {
  const read = readClientHello(bytes);
  byFile.set(file, [...(byFile.get(file) ?? []), read.kind === 'hello' ? ja3Text(read.hello) : read.kind]);
}
let [same, other] = [0, 0];
for (const [file, ours] of byFile) {
  const args = [
    '-r',
    join(folder, file),
    '-Y',
    'tls.handshake.type==1',
    '-T',
    'fields',
    '-e',
    'tls.handshake.ja3_full',
  ];
  const theirs = spawnSync('tshark', args, { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line !== '');
  const left = [...theirs];
  for (const text of ours) {
    const at = left.indexOf(text);
    if (at >= 0) {
      same += 1;
      left.splice(at, 1);
    } else {
      other += 1;
      process.stdout.write(`${file}\n  ours   ${text}\n  theirs ${theirs.join(' | ')}\n`);
    }
  }
}
process.stdout.write(`${same} greetings in ${byFile.size} captures have the JA3 of tshark, ${other} another\n`);
process.exitCode = other === 0 ? 0 : 1;
