import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { readZip } from './read-zip.ts';
import { buildZip, type HeaderLies, type ZipEntrySpec } from './zip-builder.ts';

const TEXT = new TextEncoder().encode('seed '.repeat(40));
const ENTRIES: readonly ZipEntrySpec[] = [
  { name: 'AndroidManifest.xml', data: TEXT, method: 'deflated' },
  { name: 'classes.dex', data: TEXT },
  { name: 'res/a.xml', data: TEXT, local: { flags: 8, size: 0, compressedSize: 0, crc32: 0 }, descriptor: {} },
];

/** The archive reader as fuzzers drive it. */
export const zipTarget: FuzzTarget = {
  reader: 'zip',
  seeds: () => [
    buildZip(ENTRIES, { comment: TEXT.subarray(0, 20) }),
    buildZip(ENTRIES, { zip64: true, prefix: TEXT }),
    buildZip([...ENTRIES, ...ENTRIES], { zip64Locator: 40, trailing: TEXT }),
  ],
  generate(random) {
    const below = (limit: number): number => Math.floor(random() * limit);
    const wild = (): number => [0, 1, 8, 22, 30, 0xffff, 0x7fff_ffff, 0xffff_ffff, below(2_000)][below(9)] ?? 0;
    const lies = (): HeaderLies => ({
      ...(random() < 0.3 ? { method: [0, 8, 14, 93, 0x4321][below(5)] ?? 0 } : {}),
      ...(random() < 0.3 ? { flags: below(16) } : {}),
      ...(random() < 0.3 ? { compressedSize: wild() } : {}),
      ...(random() < 0.3 ? { size: wild() } : {}),
      ...(random() < 0.2 ? { localOffset: wild() } : {}),
      ...(random() < 0.2 ? { name: Uint8Array.from({ length: below(20) }, () => below(256)) } : {}),
      ...(random() < 0.2 ? { extra: Uint8Array.from({ length: below(40) }, () => below(256)) } : {}),
    });
    const entries = Array.from({ length: below(8) }, (): ZipEntrySpec => {
      const seed = ENTRIES[below(ENTRIES.length)];
      return {
        name: 'x',
        data: TEXT,
        ...seed,
        local: lies(),
        central: lies(),
        unlisted: random() < 0.1,
        before: TEXT.subarray(0, below(9)),
      };
    });
    const end = random() < 0.5 ? {} : { entryCount: wild() & 0xffff, directorySize: wild(), directoryOffset: wild() };
    return buildZip(entries, { end, zip64: random() < 0.2, ...(random() < 0.2 ? { zip64Locator: wild() } : {}) });
  },
  read(bytes, host) {
    const { value } = readZip(bytes, host);
    for (const entry of value?.entries ?? []) {
      entry.read();
      entry.read(4);
      entry.alternative?.read();
    }
  },
};
