import type { ManifestElement } from '@vedette/program';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestRows, manifestText, visibleRows } from './manifest-rows.ts';

const ANDROID = 'http://schemas.android.com/apk/res/android';

function element(name: string, children: readonly ManifestElement[] = [], value?: string): ManifestElement {
  const attributes = value === undefined ? [] : [{ name: 'name', namespace: ANDROID, resourceId: 0, value }];
  return { name, path: name, line: 1, attributes, children };
}

const tree = element('manifest', [
  element('uses-permission', [], 'android.permission.CAMERA'),
  element('application', [element('activity', [element('intent-filter', [element('action', [], 'MAIN')])], '.Main')]),
]);
const { rows } = manifestRows(tree);
const names = (indices: readonly number[]) => indices.map((index) => rows[index]?.name);

describe('manifestRows', () => {
  it('lays the tree out in reading order, each row with its depth and its end', () => {
    expect(rows.map(({ name, depth, end }) => [name, depth, end])).toEqual([
      ['manifest', 0, 6],
      ['uses-permission', 1, 2],
      ['application', 1, 6],
      ['activity', 2, 6],
      ['intent-filter', 3, 6],
      ['action', 4, 6],
    ]);
    expect(rows[1]?.attributes).toEqual([{ name: 'android:name', value: 'android.permission.CAMERA' }]);
  });

  it('survives a tree deeper than any stack, and says that it was cut', () => {
    let deep = element('leaf');
    for (let depth = 0; depth < 60_000; depth++) deep = element('a', [deep]);
    const found = manifestRows(deep);
    expect([found.rows.length, found.complete, found.rows[0]?.end]).toEqual([20_000, false, 20_000]);
  });

  it('gives rows whose ends nest, whatever the tree', () => {
    // Each further element stands in one of those before it.
    const trees = fc.array(fc.nat(), { maxLength: 40 }).map((parents) => {
      const children: ManifestElement[][] = [[]];
      const all = [{ ...element('root'), children: children[0] ?? [] }];
      for (const parent of parents) {
        const own: ManifestElement[] = [];
        const added = { ...element('e'), children: own };
        children[parent % all.length]?.push(added);
        children.push(own);
        all.push(added);
      }
      return all[0] ?? element('root');
    });
    fc.assert(
      fc.property(trees, (root) => {
        const found = manifestRows(root).rows;
        for (const [index, row] of found.entries()) {
          expect(row.end).toBeGreaterThan(index);
          for (let inside = index + 1; inside < row.end; inside++) {
            expect(found[inside]?.depth).toBeGreaterThan(row.depth);
            expect(found[inside]?.end).toBeLessThanOrEqual(row.end);
          }
        }
      }),
    );
  });
});

describe('visibleRows', () => {
  it('leaves out what stands in folded rows', () => {
    expect(names(visibleRows(rows, new Set([3]), ''))).toEqual([
      'manifest',
      'uses-permission',
      'application',
      'activity',
    ]);
  });

  it('shows what matches, with what it stands in, folded or not', () => {
    expect(names(visibleRows(rows, new Set([3]), 'main"'))).toEqual([
      'manifest',
      'application',
      'activity',
      'intent-filter',
      'action',
    ]);
    expect(visibleRows(rows, new Set(), 'nothing like it')).toEqual([]);
  });
});

describe('manifestText', () => {
  it('is XML that closes what it opens', () => {
    expect(
      manifestText(manifestRows(element('manifest', [element('a', [element('b')], '<"&'), element('c')])).rows),
    ).toBe('<manifest>\n  <a android:name="&lt;&quot;&amp;">\n    <b />\n  </a>\n  <c />\n</manifest>');
  });
});
