import { describe, expect, it } from 'vitest';
import { GAP, hostTree, ROW } from './host-tree-layout.ts';

const host = (name: string, site: string | null, cleartext = false) => ({ host: name, site, cleartext });

describe('hostTree', () => {
  it('puts hosts under the domain that was registered, in the middle of which the domain stands', () => {
    const tree = hostTree([host('a.example.com', 'example.com'), host('b.example.com', 'example.com')], 10);
    expect(tree).toEqual({
      sites: [
        {
          name: 'example.com',
          y: ROW,
          hosts: [
            { host: 'a.example.com', cleartext: false, y: ROW / 2 },
            { host: 'b.example.com', cleartext: false, y: ROW * 1.5 },
          ],
        },
      ],
      height: ROW * 2,
      left: 0,
    });
  });

  it('shows what is worst first: cleartext, then what has most hosts', () => {
    const tree = hostTree(
      [
        host('one.test', 'one.test'),
        host('a.many.test', 'many.test'),
        host('b.many.test', 'many.test'),
        host('192.0.2.1', null, true),
      ],
      10,
    );
    expect(tree.sites.map(({ name }) => name)).toEqual(['192.0.2.1', 'many.test', 'one.test']);
    expect(tree.height).toBe(4 * ROW + 2 * GAP);
  });

  it('stops where there is no more room and says how many are left', () => {
    const many = Array.from({ length: 30 }, (_, index) => host(`h${index}.test`, `h${index}.test`));
    const tree = hostTree(many, 12);
    expect([tree.sites.length, tree.left]).toEqual([12, 18]);
    expect(hostTree([], 5)).toEqual({ sites: [], height: 0, left: 0 });
  });
});
