import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBrowserHost } from './browser-host.ts';

const host = createBrowserHost(() => 0);
const text = new TextEncoder().encode('bug report '.repeat(40_000));

describe('inflateRaw in the browser', () => {
  it('gives back what zlib packed, over several chunks', () => {
    const random = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 2_654_435_761) >>> 24);
    for (const bytes of [text, random, new Uint8Array(0)]) {
      const { output, complete } = host.inflateRaw(deflateRawSync(bytes), bytes.length + 10);
      expect(complete).toBe(true);
      expect(Buffer.from(output).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it('stops at the limit and says that there is more', () => {
    const { output, complete } = host.inflateRaw(deflateRawSync(text), 1000);
    expect(output).toHaveLength(1000);
    expect(complete).toBe(false);
  });

  it('calls a truncated stream incomplete', () => {
    const packed = deflateRawSync(text);
    expect(host.inflateRaw(packed.subarray(0, packed.length - 4), text.length).complete).toBe(false);
  });

  it('never throws on bytes that are no stream', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(host.inflateRaw(bytes, 10_000).output.length).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});

describe('sha256 in the browser', () => {
  it('is SHA-256 (FIPS 180-4, "abc")', () => {
    expect(Buffer.from(host.sha256(new TextEncoder().encode('abc'))).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
