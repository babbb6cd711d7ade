import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { treeFromDirectory } from './directory-tree.ts';
import { writeFixture } from './write-fixture.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
let outside = '';
let folder = '';

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'vedette-tree-'));
  folder = join(outside, 'evidence');
  mkdirSync(folder);
});
afterEach(() => rmSync(outside, { recursive: true, force: true }));

describe('treeFromDirectory', () => {
  it('reads what was written', () => {
    writeFixture(
      folder,
      new Map([
        ['a.txt', text('one')],
        ['b/c/d.txt', text('two')],
      ]),
    );
    const tree = treeFromDirectory(folder);
    expect(tree.list()).toEqual(['a.txt', 'b/c/d.txt']);
    expect(tree.size('b/c/d.txt')).toBe(3);
    expect(tree.read('b/c/d.txt')).toEqual(text('two'));
    expect(tree.read('b/c/d.txt', 1)).toEqual(text('t'));
    expect(tree.read('../secret.txt')).toBeNull();
  });

  it('refuses links that lead out of the folder, and follows those within without going round', () => {
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    writeFixture(folder, new Map([['in/a.txt', text('one')]]));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'leak.txt'));
    symlinkSync(outside, join(folder, 'up'));
    symlinkSync(folder, join(folder, 'in', 'loop'));
    symlinkSync(join(folder, 'in', 'a.txt'), join(folder, 'alias.txt'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    expect(treeFromDirectory(folder).list()).toEqual(['alias.txt', 'in/a.txt']);
  });

  it('keeps to its limits', () => {
    writeFixture(
      folder,
      new Map([
        ['a', text('1234')],
        ['b', text('1')],
        ['c/d/e', text('1')],
      ]),
    );
    const limits = { maxFiles: 2, maxDepth: 1, maxFileBytes: 2 };
    const tree = treeFromDirectory(folder, limits);
    expect(tree.list()).toEqual(['a', 'b']);
    expect(tree.read('a')).toEqual(text('12'));
    expect(treeFromDirectory(folder, { ...limits, maxFiles: 9 }).list()).toEqual(['a', 'b']);
  });

  it('throws for a folder that is not there', () => {
    expect(() => treeFromDirectory(join(folder, 'missing'))).toThrow(/ENOENT/);
  });
});

describe('writeFixture', () => {
  it('writes nothing outside its folder', () => {
    expect(() => writeFixture(folder, new Map([['../x', text('1')]]))).toThrow(RangeError);
  });
});
