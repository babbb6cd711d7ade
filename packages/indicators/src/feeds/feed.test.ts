import { describe, expect, it } from 'vitest';
import { isAllowedUrl, readFeeds } from './feed.ts';
import { readIndex } from './read-index.ts';

const feeds = (...list: readonly object[]) => readFeeds({ feeds: list });

describe('feeds.yaml', () => {
  it('names lists, collections and indexes; each is asked once a day unless told', () => {
    expect(
      feeds(
        { name: 'stalkerware', url: 'https://example.test/ioc.yaml', everyHours: 6 },
        { name: 'ours', taxii: 'https://example.test/api/collections/1/', access: { tokenEnv: 'TAXII_TOKEN' } },
        { name: 'mvt', index: 'https://example.test/indicators.yaml' },
      ).map(({ name, everyHours }) => [name, everyHours]),
    ).toEqual([
      ['stalkerware', 6],
      ['ours', 24],
      ['mvt', 24],
    ]);
  });

  it.each([
    [{ name: '../up', url: 'https://example.test/a.txt' }, /feed \.\.\/up: name: use small letters/],
    [{ name: 'a', url: 'http://example.test/a.txt' }, /feed a: url: must begin with https/],
    [{ name: 'a', url: 'file:///etc/passwd' }, /must begin with https/],
    [{ name: 'a', url: 'https://user:secret@example.test/a.txt' }, /must begin with https/],
    [{ name: 'a', taxii: 'https://example.test/', access: { token: 'secret' } }, /feed a: access/],
    [{ name: 'a', url: 'https://example.test/a', formt: 'csv' }, /feed a: .*formt/],
    [{ url: 'https://example.test/a' }, /feed number 1: name/],
  ])('says which feed is wrong, and why: %j', (feed, message) => {
    expect(() => feeds(feed)).toThrow(message);
  });

  it('refuses two feeds of one name, and what is no list', () => {
    const feed = { name: 'a', url: 'https://example.test/a.txt' };
    expect(() => feeds(feed, feed)).toThrow('two feeds are named a');
    expect(() => readFeeds({ feed: [] })).toThrow('it must be a list named feeds');
    expect(() => readFeeds(null)).toThrow(RangeError);
  });

  it.each([
    ['https://example.test/', true],
    ['http://localhost:8080/', true],
    ['http://127.0.0.1/', true],
    ['http://[::1]:1/', true],
    ['http://localhost.example.test/', false],
    ['http://127.0.0.1.example.test/', false],
    ['ftp://example.test/', false],
    ['no url', false],
  ])('asks %s: %s', (url, allowed) => {
    expect(isAllowedUrl(url)).toBe(allowed);
  });
});

describe('an index of lists', () => {
  it('gives the address of each list, by repository or in full, and skips what is neither', () => {
    const github = { owner: 'o', repo: 'r', branch: 'b', path: 'dir/list.stix2' };
    expect(
      readIndex({
        indicators: [
          { type: 'github', name: 'One', github },
          { type: 'download', name: 'Two', download_url: 'https://example.test/two.stix2' },
          { type: 'download', name: 'Plain', download_url: 'http://example.test/two.stix2' },
          { type: 'github', name: 'Up', github: { ...github, path: '../../x' } },
          { type: 'github', name: 'Odd', github: { ...github, owner: 'a@b' } },
          7,
        ],
      }),
    ).toEqual({
      lists: [
        { name: 'One', url: 'https://raw.githubusercontent.com/o/r/b/dir/list.stix2' },
        { name: 'Two', url: 'https://example.test/two.stix2' },
      ],
      skipped: 4,
    });
    expect(readIndex('nothing')).toEqual({ lists: [], skipped: 0 });
  });
});
