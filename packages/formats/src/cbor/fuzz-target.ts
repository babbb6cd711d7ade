import type { FuzzTarget } from '../builders/fuzz-target.ts';
import { buildCbor, type CborSpec } from './cbor-builder.ts';
import { readCbor, readCborItem } from './read-cbor.ts';

const SEEDS: readonly CborSpec[] = [
  {
    fmt: 'apple-appattest',
    attStmt: { x5c: [new Uint8Array(80), new Uint8Array(40)], receipt: new Uint8Array(9) },
    authData: new Uint8Array(164),
  },
  new Map<number, CborSpec>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(32)],
    [-3, new Uint8Array(32)],
  ]),
  [0, 23, 24, 255, 256, 65_536, 2 ** 40, -1, -500, 1.5, true, null, 'text', { a: [[[[1]]]] }],
];

/** CBOR as the fuzzers drive it: half damaged seeds, half values of random shape. */
export const cborTarget: FuzzTarget = {
  reader: 'cbor',
  seeds: () => SEEDS.map(buildCbor),
  generate(random) {
    const length = Math.floor(random() * 200);
    // Heads of containers are likely, so that nesting happens.
    return Uint8Array.from({ length }, () =>
      random() < 0.5 ? 0x80 + Math.floor(random() * 0x60) : Math.floor(random() * 256),
    );
  },
  read(bytes) {
    readCbor(bytes);
    for (let at = 0; at < bytes.length; ) {
      const item = readCborItem(bytes, at);
      if (item === null) break;
      at = item.end;
    }
  },
};
