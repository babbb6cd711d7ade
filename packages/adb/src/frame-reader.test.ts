import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader } from './frame-reader.ts';

const SHAPE = { headerBytes: 5, payloadBytes: (header: DataView) => header.getUint32(1, true), maxPayloadBytes: 100 };

function packet(kind: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + payload.length);
  bytes[0] = kind;
  new DataView(bytes.buffer).setUint32(1, payload.length, true);
  bytes.set(payload, 5);
  return bytes;
}

describe('a reader of packets', () => {
  it('gives out what was put in, however the stream is cut', () => {
    const one = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 100 }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (packets, step) => {
        const stream = Buffer.concat(packets.map(([kind, payload]) => packet(kind, payload)));
        const read: [number, Uint8Array][] = [];
        const feed = createFrameReader(SHAPE, ({ header, payload }) => read.push([header.getUint8(0), payload]));
        for (let at = 0; at < stream.length; at += step) feed(stream.subarray(at, at + step));
        expect(read).toEqual(packets);
      }),
    );
  });

  it('refuses a packet that is too large before it has arrived', () => {
    const feed = createFrameReader(SHAPE, () => undefined);
    expect(() => feed(Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff))).toThrow('at most 100 are allowed');
  });
});
