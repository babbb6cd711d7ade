import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createNodeHost } from './node-host.ts';
import { toHex } from './text.ts';

const host = createNodeHost();
const data = new TextEncoder().encode('abcdefgh'.repeat(1_000));

describe('createNodeHost', () => {
  it('inflates a whole stream', () => {
    const { output, complete } = host.inflateRaw(deflateRawSync(data), data.length);
    expect([complete, output.length]).toEqual([true, data.length]);
  });

  it('keeps the beginning of a stream that is damaged or longer than wanted', () => {
    const packed = deflateRawSync(data);
    for (const [input, limit] of [
      [packed.subarray(0, packed.length - 4), data.length],
      [packed, 100],
    ] as const) {
      const { output, complete } = host.inflateRaw(input, limit);
      expect(complete).toBe(false);
      expect(output.length).toBeGreaterThan(0);
      expect([...output]).toEqual([...data.subarray(0, output.length)]);
    }
  });

  it('gives nothing for a limit of zero, and SHA-256 as FIPS 180-4 has it', () => {
    expect(host.inflateRaw(deflateRawSync(data), 0)).toEqual({ output: new Uint8Array(0), complete: false });
    expect(toHex(host.sha256(new TextEncoder().encode('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
