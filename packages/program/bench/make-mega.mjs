import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { createNodeHost } from '@vedette/bytes/node';
import { readZip } from '@vedette/formats';
import { buildZip } from '@vedette/formats/builders';

/**
 * An app as large as can be made of real code: every distinct DEX of the given APKs, numbered on from `classes.dex`, with
 * the manifest of the first. Classes that several of them hold stay in it, as duplicates.
 */
export function makeMega(apks, path) {
  const host = createNodeHost();
  const seen = new Set();
  const dex = [];
  let manifest;
  for (const apk of apks) {
    const { value: zip } = readZip(new Uint8Array(readFileSync(apk)), host);
    if (zip === null) throw new Error(`${apk} is no archive`);
    manifest ??= zip.find('AndroidManifest.xml')?.read().value;
    for (const entry of zip.entries) {
      if (!/^classes\d*\.dex$/.test(entry.name)) continue;
      const bytes = entry.read().value;
      const digest = createHash('sha256').update(bytes).digest('hex');
      if (seen.has(digest)) continue;
      seen.add(digest);
      dex.push(bytes);
    }
  }
  const packed = (name, data) => ({
    name,
    data,
    method: 'deflated',
    packed: { bytes: new Uint8Array(deflateRawSync(data)), size: data.length },
  });
  const entries = dex.map((data, index) => packed(index === 0 ? 'classes.dex' : `classes${index + 1}.dex`, data));
  if (manifest !== undefined) entries.unshift(packed('AndroidManifest.xml', manifest));
  writeFileSync(path, buildZip(entries));
  return { files: dex.length, bytes: dex.reduce((sum, { length }) => sum + length, 0) };
}
