/**
 * What the appraisal says of apps that are known to be harmless: a table for docs/measurements.md. Build first; then
 *
 *   node tools/count-false-alarms.mjs FILE…
 *
 * An app called malicious is a false alarm. `risky` is not one by itself: debug builds and test helpers do carry risks; the findings that say so are listed.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('which apps? give the paths of files that are known to be harmless\n');
  process.exit(2);
}
const host = createNodeHost();
const rows = [];
for (const file of files) {
  const started = process.cpuUsage();
  const { value: image } = readAppImage(readFileSync(file), { name: basename(file), host });
  if (image === null) {
    rows.push({ file, verdict: 'not an app', malice: '', dataRisk: '', grave: '', seconds: '' });
    continue;
  }
  const { verdict, score, findings } = appraise(image, { version: '0', now: new Date().toISOString() });
  const { user, system } = process.cpuUsage(started);
  const grave = findings
    .filter(({ status, severity }) => status === 'bad' && (severity === 'high' || severity === 'critical'))
    .map(({ ruleId }) => `\`${ruleId}\``);
  const seconds = ((user + system) / 1e6).toFixed(1);
  rows.push({
    file,
    verdict,
    malice: score.malice.value,
    dataRisk: score.dataRisk.value,
    grave: grave.join(', '),
    seconds,
  });
}
const line = (cells) => `| ${cells.join(' | ')} |\n`;
process.stdout.write(line(['app', 'verdict', 'malice', 'data risk', 'findings high or critical', 'CPU s']));
process.stdout.write(line(['---', '---', '---:', '---:', '---', '---:']));
for (const { file, verdict, malice, dataRisk, grave, seconds } of rows)
  process.stdout.write(line([basename(file), verdict, malice, dataRisk, grave, seconds]));
const malicious = rows.filter(({ verdict }) => verdict === 'malicious').length;
process.stdout.write(`\n${malicious} of ${rows.length} called malicious\n`);
process.exitCode = malicious > 0 ? 1 : 0;
