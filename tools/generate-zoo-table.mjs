/**
 * What the appraisal says of the behaviour zoo: a table for docs/measurements.md. Build first (`npx tsc -b`); then
 *
 *   node tools/generate-zoo-table.mjs
 *
 * Ends with exit code 1 when a specimen is not called malicious or a look-alike is, in any of the layouts of its code.
 */
import { appraise } from '@vedette/appraisal';
import { createNodeHost } from '@vedette/bytes/node';
import { readAppImage } from '@vedette/program';
import { ZOO } from '@vedette/testkit';

const host = createNodeHost();
const line = (cells) => `| ${cells.join(' | ')} |\n`;
const wrong = [];
for (const kind of ['specimen', 'look-alike']) {
  const rows = ZOO.filter((one) => one.kind === kind);
  process.stdout.write(`\n${rows.length} ${kind}s\n\n`);
  const heads = ['app', 'what it is like', 'verdict', 'malice', 'data risk', 'classes', 'heaviest behaviours'];
  process.stdout.write(line(heads));
  process.stdout.write(line(['---', '---', '---', '---:', '---:', '---', '---']));
  for (const one of rows) {
    const { value } = readAppImage(one.build(), { name: `${one.id}.apk`, host });
    const { verdict, score, classes } = appraise(value, { version: '0', now: '2026-01-01T00:00:00Z' });
    if ((verdict === 'malicious') !== (kind === 'specimen')) wrong.push(one.id);
    const heaviest = score.malice.parts
      .filter((part) => part.kind === 'behaviour')
      .slice(0, 3)
      .map(({ ruleId, weight }) => `${ruleId.replace('android.', '')} ${weight}`);
    process.stdout.write(
      line([
        one.id,
        one.title,
        verdict,
        score.malice.value,
        score.dataRisk.value,
        classes.map((found) => found.class).join(', '),
        heaviest.join('; '),
      ]),
    );
  }
}
for (const layout of ['network-apart', 'helpers-merged']) {
  for (const one of ZOO) {
    const { value } = readAppImage(one.build(layout), { name: `${one.id}.apk`, host });
    const { verdict } = appraise(value, { version: '0', now: '2026-01-01T00:00:00Z' });
    if ((verdict === 'malicious') !== (one.kind === 'specimen')) wrong.push(`${one.id} (${layout})`);
  }
}
process.stdout.write(`\nwrong: ${wrong.length === 0 ? 'none' : wrong.join(', ')}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
