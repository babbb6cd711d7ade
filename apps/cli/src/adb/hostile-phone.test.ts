import { type PhoneLink, runCommand } from '@vedette/adb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pullFile } from './pull-file.ts';

/** A phone that says these bytes in these pieces to whatever it is asked. */
function phoneSaying(chunks: readonly Uint8Array[], hasExitCodes: boolean): PhoneLink {
  return {
    serial: 'fake',
    model: null,
    hasExitCodes,
    isLost: () => false,
    async open() {
      const left = [...chunks];
      return { read: async () => left.shift() ?? null, write: async () => undefined, close: async () => undefined };
    },
    close: async () => undefined,
  };
}

const limits = { timeoutMs: 10_000, maxBytes: 1000, signal: new AbortController().signal };
/** Bytes that are a packet more often than chance would have it. */
const packets = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .tuple(fc.nat(4), fc.uint8Array({ maxLength: 300 }))
      .map(([kind, data]) => Uint8Array.of(kind, data.length & 255, data.length >> 8, 0, 0, ...data)),
    fc
      .tuple(fc.constantFrom('DATA', 'DONE', 'FAIL', 'OKAY'), fc.uint8Array({ maxLength: 300 }))
      .map(([id, data]) =>
        Buffer.concat([Buffer.from(id), Uint8Array.of(data.length & 255, data.length >> 8, 0, 0), data]),
      ),
  ),
  { maxLength: 12 },
);

describe('a phone that says anything', () => {
  it('gets a command to end, within its limits', async () => {
    await fc.assert(
      fc.asyncProperty(packets, fc.boolean(), async (chunks, hasExitCodes) => {
        const answer = await runCommand(phoneSaying(chunks, hasExitCodes), 'getprop', limits);
        expect(['answered', 'incomplete', 'refused']).toContain(answer.kind);
        if (answer.kind !== 'refused') expect(answer.output.length).toBeLessThanOrEqual(limits.maxBytes);
        if (answer.kind === 'answered' && hasExitCodes) expect(answer.exitCode).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('gives a file only with its end', async () => {
    await fc.assert(
      fc.asyncProperty(packets, async (chunks) => {
        const said = Buffer.concat(chunks);
        let size = 0;
        const pulled = await pullFile(
          phoneSaying(chunks, true),
          '/x',
          async (piece) => void (size += piece.length),
          limits.signal,
        ).then(
          () => true,
          () => false,
        );
        expect(size).toBeLessThanOrEqual(said.length);
        if (pulled) expect(said.includes('DONE')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('cannot make a packet of gigabytes be waited for', async () => {
    const huge = Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff);
    expect(await runCommand(phoneSaying([huge], true), 'getprop', limits)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('4294967295 bytes'),
    });
  });

  it('does not end a command by going away', async () => {
    const half = Uint8Array.of(1, 2, 0, 0, 0, 65, 66);
    expect(await runCommand(phoneSaying([half], true), 'getprop', limits)).toEqual({
      kind: 'incomplete',
      output: Uint8Array.of(65, 66),
      why: 'end',
    });
  });
});
