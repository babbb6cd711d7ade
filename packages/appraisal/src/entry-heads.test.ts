import type { AppEntry } from '@vedette/program';
import { describe, expect, it } from 'vitest';
import { peekEntries } from './entry-heads.ts';

const MIB = 1024 * 1024;
const entry = (path: string, size: number): AppEntry => ({
  path,
  part: '',
  size,
  compressedSize: size,
  offset: 0,
  read: () => ({ value: new Uint8Array(Math.min(size, 10_000)), diagnostics: [] }),
});

describe('peekEntries', () => {
  it('keeps the first 4,096 bytes of what may carry a payload', () => {
    const { value } = peekEntries([entry('assets/a', 9_000), entry('assets/b', 10)]);
    expect(value.map(({ entry: { path }, head }) => [path, head.length])).toEqual([
      ['assets/a', 4_096],
      ['assets/b', 10],
    ]);
  });

  it('does not look at what Android itself loads, nor at signatures and empty files', () => {
    const paths = [
      'classes.dex',
      'classes2.dex',
      'AndroidManifest.xml',
      'resources.arsc',
      'lib/x86/a.so',
      'META-INF/A.RSA',
    ];
    expect(peekEntries([...paths.map((path) => entry(path, 10)), entry('assets/empty', 0)]).value).toEqual([]);
  });

  it('looks into assets first when there is too much, and says how much was left out', () => {
    const entries = [entry('res/big', 30 * MIB), entry('res/big2', 30 * MIB), entry('assets/a', 30 * MIB)];
    const { value, diagnostics } = peekEntries(entries);
    expect(value.map((head) => head.entry.path)).toEqual(['assets/a', 'res/big']);
    expect(diagnostics).toEqual([expect.objectContaining({ id: 'appraisal.archive.not-all-read' })]);
    expect(diagnostics[0]?.message).toContain('1 of 3');
  });

  it('leaves out what claims to be huge, however small it is in the archive', () => {
    expect(peekEntries([entry('assets/bomb', 4_000 * MIB)]).value).toEqual([]);
  });
});
