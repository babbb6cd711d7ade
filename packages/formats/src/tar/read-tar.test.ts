import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar } from './read-tar.ts';

const LONG = `folder/${'a-long-name-'.repeat(15)}.txt`;
const CONTENT = new Map([
  ['a.txt', 'hello'],
  ['folder/empty', ''],
  ['folder/größe.bin', 'x'.repeat(5_000)],
  [LONG, 'long'],
]);

/** An archive of the system's own tar. */
function realTar(format: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-tar-'));
  try {
    mkdirSync(join(folder, 'folder'));
    for (const [name, text] of CONTENT) writeFileSync(join(folder, name), text);
    execFileSync('tar', [`--format=${format}`, '-cf', 'out.tar', '--exclude=out.tar', '.'], { cwd: folder });
    return readFileSync(join(folder, 'out.tar'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('an archive of tar', () => {
  it.each(['gnu', 'pax', 'posix'])('in format %s lists every file with its bytes', (format) => {
    const bytes = realTar(format);
    const { value, diagnostics } = readTar(bytes);
    const found = new Map(
      value?.map(({ name, offset, size }) => [
        name.replace(/^\.\//, ''),
        new TextDecoder().decode(bytes.subarray(offset, offset + size)),
      ]),
    );
    expect(found).toEqual(CONTENT);
    expect(diagnostics).toEqual([]);
    expect(value?.[0]?.modified).toBeGreaterThan(1_700_000_000);
  });

  it('that was cut off or damaged gives what comes before, and says so', () => {
    const bytes = realTar('gnu');
    const cut = readTar(bytes.subarray(0, bytes.length - 12_000));
    expect(cut.value?.length).toBeLessThan(CONTENT.size);
    const damaged = bytes.slice();
    const second = (readTar(bytes).value?.[1]?.offset ?? 0) - 512;
    damaged[second] = (damaged[second] ?? 0) ^ 1;
    expect(readTar(damaged).diagnostics[0]?.id).toBe('tar.header');
  });

  it('is not seen in anything else', () => {
    expect(readTar(new TextEncoder().encode('hello'.repeat(200))).value).toBeNull();
    expect(readTar(new Uint8Array()).value).toEqual([]);
  });

  it('never throws, and never names bytes outside of the file (fuzz)', () => {
    const bytes = realTar('pax');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const copy = bytes.slice(0, length);
          for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
          for (const { offset, size } of readTar(copy).value ?? [])
            expect(offset + size).toBeLessThanOrEqual(copy.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
