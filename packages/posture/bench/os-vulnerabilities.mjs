/**
 * Time to judge one device against lists of weaknesses. Build first (`npx tsc -b`); then
 *
 *   node packages/posture/bench/os-vulnerabilities.mjs FOLDER
 *
 * FOLDER holds lists (docs/os-vulnerabilities.md). Prints the mean over all models and releases of the iOS feed, and over Android patch levels; ends with 1 above 5 ms for a device.
 */
import { assessAndroid, assessIos, mergeVulnerabilityData } from '@vedette/posture';
import { loadVulnerabilities } from '@vedette/posture/node';

const LIMIT_MS = 5;
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('which lists? give their folder\n');
  process.exit(2);
}
const loading = performance.now();
const data = mergeVulnerabilityData([loadVulnerabilities(folder).data]);
const loaded = performance.now() - loading;
const models = [...new Set(data.ios.flatMap(({ models: all }) => [...all]))];
const versions = [...new Set(data.ios.map(({ version }) => version))];
const timed = (count, run) => {
  const started = performance.now();
  run();
  return (performance.now() - started) / Math.max(1, count);
};
const ios = timed(models.length * versions.length, () => {
  for (const model of models) for (const version of versions) assessIos({ model, version }, data);
});
const levels = Array.from(
  { length: 96 },
  (_, month) => `${2019 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-05`,
);
const android = timed(levels.length, () => {
  for (const patchLevel of levels)
    assessAndroid({ osVersion: '15', patchLevel, maker: 'samsung', chipsetMaker: 'QTI' }, data);
});
process.stdout.write(
  `${data.ios.length} releases, ${models.length} models, ${data.android.length} Android repairs, loaded in ${loaded.toFixed(0)} ms\n` +
    `iOS ${ios.toFixed(3)} ms a device (${models.length * versions.length} pairs), Android ${android.toFixed(3)} ms a device; limit ${LIMIT_MS} ms\n`,
);
process.exitCode = ios > LIMIT_MS || android > LIMIT_MS ? 1 : 0;
