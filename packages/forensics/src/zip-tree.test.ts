import { createNodeHost } from '@vedette/bytes/node';
import { buildZip } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import { treeFromZip } from './zip-tree.ts';

const data = new TextEncoder().encode('0123456789');

describe('treeFromZip', () => {
  it('lists files and reads them, whole or in part', () => {
    const { value } = treeFromZip(
      buildZip([
        { name: 'a/b.txt', data },
        { name: 'dir/', data: new Uint8Array() },
      ]),
      createNodeHost(),
    );
    expect(value?.list()).toEqual(['a/b.txt']);
    expect(value?.size('a/b.txt')).toBe(10);
    expect(value?.read('a/b.txt', 3)).toEqual(data.subarray(0, 3));
    expect(value?.read('a/b.txt')).toEqual(data);
    expect(value?.read('a/b.txt', 4)).toEqual(data.subarray(0, 4));
    expect(value?.read('missing')).toBeNull();
  });

  it('leaves out names that lead out of the archive', () => {
    const { value } = treeFromZip(
      buildZip([
        { name: '../evil.txt', data },
        { name: 'x/../../y', data },
        { name: '/abs.txt', data },
      ]),
      createNodeHost(),
    );
    expect(value?.list()).toEqual(['abs.txt']);
  });

  it('is null for what is no ZIP', () => {
    expect(treeFromZip(data, createNodeHost()).value).toBeNull();
  });
});
