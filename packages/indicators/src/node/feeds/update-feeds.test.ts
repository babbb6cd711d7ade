import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIndicators } from '../load-indicators.ts';
import { feedsOf, type UpdateOptions, updateFeeds } from './update-feeds.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;
let folder: string;
let server: Server;
let base: string;
let answers: Map<string, Answer>;
const asked: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-feeds-'));
  answers = new Map();
  asked.length = 0;
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', base);
    asked.push(`${url.pathname}${url.search}`);
    const answer = answers.get(url.pathname);
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const serve = (path: string, body: string | Buffer, headers: Record<string, string> = {}): void => {
  answers.set(path, (_request, response) => response.writeHead(200, headers).end(body));
};
const configure = (...feeds: readonly object[]): void =>
  writeFileSync(join(folder, 'feeds.yaml'), JSON.stringify({ feeds }));
const NOW = '2026-11-22T12:00:00.000Z';
const update = (options: Partial<UpdateOptions> = {}) =>
  updateFeeds(folder, feedsOf(folder) ?? [], { now: NOW, env: {}, ...options });
const hits = async (value: string) => {
  const { set } = await loadIndicators(folder);
  return set.match({ kind: 'domain', value }).map(({ source }) => source.list);
};

describe('a feed that is downloaded', () => {
  it('becomes a list that is matched against, with when it was fetched', async () => {
    serve('/domains.txt', 'bad.example.test\nworse.example.test\n');
    configure({ name: 'ours', url: `${base}/domains.txt` });
    expect(await update()).toEqual([{ name: 'ours', outcome: 'updated', total: 2, before: 0, error: null, notes: [] }]);
    expect(await hits('w3.bad.example.test')).toEqual(['ours/domains.txt']);
  });

  it('holds what feeds.yaml says that it holds', async () => {
    serve('/feed', 'bad.example.test\n');
    configure({ name: 'ours', url: `${base}/feed`, format: 'plain', holds: 'domain' });
    expect((await update())[0]?.outcome).toBe('updated');
    expect(await hits('w3.bad.example.test')).toEqual(['ours/domains.txt']);
    configure({ name: 'ours', url: `${base}/feed`, format: 'plain', holds: 'app' });
    expect((await update())[0]?.outcome).toBe('updated');
    expect(await hits('w3.bad.example.test')).toEqual([]);
  });

  it('is removed with its lists when feeds.yaml no longer names it', async () => {
    serve('/a.txt', 'bad.example.test\n');
    configure({ name: 'a', url: `${base}/a.txt`, holds: 'domain' });
    await update();
    configure();
    expect(await update()).toEqual([{ name: 'a', outcome: 'removed', total: 0, before: 1, error: null, notes: [] }]);
    expect(await hits('bad.example.test')).toEqual([]);
    expect(await update()).toEqual([]);
  });

  it('is not sent again when it has not changed', async () => {
    answers.set('/domains.txt', (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end('bad.example.test\n');
    });
    configure({ name: 'ours', url: `${base}/domains.txt` });
    await update();
    expect((await update())[0]).toMatchObject({ outcome: 'unchanged', total: 1, before: 1 });
  });

  it.each([
    ['nothing', ''],
    ['a page of HTML', '<!doctype html><title>Sign in</title>'],
  ])('that turns into %s leaves the list of before', async (_what, body) => {
    serve('/list.stix2', JSON.stringify({ type: 'bundle', objects: [indicator('bad.example.test', 1)] }));
    configure({ name: 'ours', url: `${base}/list.stix2` });
    await update();
    serve('/list.stix2', body);
    const [result] = await update();
    expect(result).toMatchObject({ outcome: 'failed', total: 1 });
    expect(await hits('bad.example.test')).toEqual(['ours/list.stix2']);
  });

  it('is named when its server fails, and the others are still fetched', async () => {
    serve('/good.txt', 'bad.example.test\n');
    configure(
      { name: 'gone', url: `${base}/gone.txt` },
      { name: 'closed', url: 'http://127.0.0.1:1/list.txt' },
      { name: 'good', url: `${base}/good.txt`, format: 'plain' },
    );
    const results = await update();
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'updated']);
    expect(results[0]?.error).toContain('answered 404: there is nothing at that address');
    expect(results[1]?.error).toContain('127.0.0.1:1 cannot be reached');
  });

  it('gets its secret from the environment, never to another host, and never into a message', async () => {
    const seen: (string | undefined)[] = [];
    answers.set('/list.txt', (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(302, { location: `${base.replace('127.0.0.1', 'localhost')}/moved.txt` }).end();
    });
    answers.set('/moved.txt', (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    configure({ name: 'ours', url: `${base}/list.txt`, access: { tokenEnv: 'LIST_TOKEN' } });
    expect((await update())[0]?.error).toBe('the environment variable LIST_TOKEN is not set');
    const [result] = await update({ env: { LIST_TOKEN: 'topsecret' } });
    expect(seen).toEqual(['Bearer topsecret', undefined]);
    expect(result?.error).toContain('401');
    expect(JSON.stringify(result)).not.toContain('topsecret');
  });

  it('is not followed to an address without encryption, nor round and round', async () => {
    answers.set('/a.txt', (_request, response) => response.writeHead(301, { location: 'http://example.test/' }).end());
    answers.set('/b.txt', (_request, response) => response.writeHead(301, { location: '/b.txt' }).end());
    configure({ name: 'a', url: `${base}/a.txt` }, { name: 'b', url: `${base}/b.txt` });
    const [a, b] = await update();
    expect(a?.error).toContain('sends us on to an address that is not encrypted');
    expect(b?.error).toContain('more than 5 times');
  });

  it('is taken over only with a right signature, where one is asked for', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const list = Buffer.from('bad.example.test\n');
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    serve('/list.txt', list);
    serve('/list.sig', sign(null, list, privateKey).toString('base64'));
    const signature = { url: `${base}/list.sig`, publicKey: key };
    configure({ name: 'ours', url: `${base}/list.txt`, signature });
    expect((await update())[0]?.outcome).toBe('updated');
    serve('/list.txt', 'bad.example.test\nhonest.example.test\n');
    expect((await update())[0]?.error).toContain('its signature is wrong');
    expect(await hits('honest.example.test')).toEqual([]);
  });

  it('is asked again only when it is due: after its hours, after one when it failed', async () => {
    serve('/a.txt', 'bad.example.test\n');
    configure({ name: 'a', url: `${base}/a.txt`, everyHours: 6 }, { name: 'b', url: `${base}/b.txt`, everyHours: 6 });
    const due = async (now: string) => (await update({ now, onlyDue: true })).map(({ name }) => name);
    expect(await due('2026-11-22T00:00:00Z')).toEqual(['a', 'b']);
    expect(await due('2026-11-22T00:30:00Z')).toEqual([]);
    expect(await due('2026-11-22T01:30:00Z')).toEqual(['b']);
    expect(await due('2026-11-22T06:00:00Z')).toEqual(['a', 'b']);
  });

  it('leaves no draft behind, and nothing but lists is read', async () => {
    serve('/a.txt', 'bad.example.test\n');
    configure({ name: 'a', url: `${base}/a.txt` });
    await update();
    expect(readdirSync(folder).sort()).toEqual(['a', 'feeds-state.json', 'feeds.yaml']);
    expect(readdirSync(join(folder, 'a'))).toEqual(['a.txt']);
    expect((await loadIndicators(folder)).diagnostics).toEqual([]);
  });
});

describe('an index', () => {
  it('brings each list that it names, keeps what it has of one that fails, and removes what is no longer named', async () => {
    const index = (...names: readonly string[]): void =>
      serve(
        '/indicators.yaml',
        JSON.stringify({
          indicators: names.map((name) => ({ type: 'download', name, download_url: `${base}/${name}.stix2` })),
        }),
      );
    const list = (name: string): void =>
      serve(`/${name}.stix2`, JSON.stringify({ type: 'bundle', objects: [indicator(`${name}.example.test`, 1)] }));
    index('one', 'two', 'gone');
    list('one');
    list('two');
    configure({ name: 'mvt', index: `${base}/indicators.yaml` });
    expect((await update())[0]).toMatchObject({
      outcome: 'updated',
      total: 2,
      notes: [expect.stringContaining('gone')],
    });
    index('two');
    answers.delete('/two.stix2');
    expect((await update())[0]).toMatchObject({ outcome: 'updated', total: 1 });
    expect(await hits('two.example.test')).toHaveLength(1);
    expect(await hits('one.example.test')).toEqual([]);
  });
});

describe('a TAXII 2.1 collection', () => {
  /** From the standard: sections 4.1 (discovery), 5.1 (collections), 5.4 (objects with added_after, limit, next, more). */
  const collection = (objects: readonly { object: object; added: string }[]): void => {
    let place = 0;
    answers.set('/api/collections/c1/objects/', (request, response, url) => {
      if (request.headers.accept !== 'application/taxii+json;version=2.1') return void response.writeHead(406).end();
      if (request.headers.authorization !== `Basic ${Buffer.from('me:pw').toString('base64')}`)
        return void response.writeHead(401).end();
      const after = url.searchParams.get('added_after') ?? '';
      // One token for all pages, as the reference implementation has it.
      const from = url.searchParams.has('next') ? place : 0;
      place = from + 2;
      const wanted = objects.filter(({ added }) => added > after);
      const page = wanted.slice(from, from + 2);
      const more = from + 2 < wanted.length;
      response
        .writeHead(200, {
          'content-type': 'application/taxii+json;version=2.1',
          ...(page.length === 0 ? {} : { 'x-taxii-date-added-last': page.at(-1)?.added ?? '' }),
        })
        .end(
          JSON.stringify({
            more,
            ...(more ? { next: 'cursor' } : {}),
            objects: page.map(({ object }) => object),
          }),
        );
    });
  };
  const added = (day: number) => `2026-11-${String(day).padStart(2, '0')}T00:00:00.000000Z`;
  const access = { user: 'me', passwordEnv: 'PW' };
  const env = { PW: 'pw' };

  it('is read page by page, then only what was added since; of an object the newest version stays', async () => {
    const first = [1, 2, 3, 4, 5].map((day) => ({ object: indicator(`d${day}.example.test`, day), added: added(day) }));
    collection(first);
    configure({ name: 'ours', taxii: `${base}/api/collections/c1/`, access });
    expect((await update({ env }))[0]).toMatchObject({ outcome: 'updated', total: 5 });
    expect(asked).toHaveLength(3);
    expect((await update({ env }))[0]).toMatchObject({ outcome: 'unchanged', total: 5 });
    expect(asked.at(-1)).toContain('added_after=2026-11-05');
    const newer = {
      ...indicator('d1.example.test', 1),
      modified: '2026-11-09T00:00:00.000Z',
      pattern: "[domain-name:value = 'e1.example.test']",
    };
    collection([...first, { object: newer, added: added(9) }]);
    expect((await update({ env }))[0]).toMatchObject({ outcome: 'updated', total: 5 });
    expect(await hits('e1.example.test')).toEqual(['ours.stix2']);
    expect(await hits('d1.example.test')).toEqual([]);
    expect(await hits('d5.example.test')).toEqual(['ours.stix2']);
  });

  it('is asked for whole again when the file is gone', async () => {
    collection([{ object: indicator('d1.example.test', 1), added: added(1) }]);
    configure({ name: 'ours', taxii: `${base}/api/collections/c1/`, access });
    await update({ env });
    rmSync(join(folder, 'ours.stix2'));
    expect((await update({ env }))[0]).toMatchObject({ outcome: 'updated', total: 1 });
  });

  it('that says for ever that there is more ends with that', async () => {
    answers.set('/api/collections/c1/objects/', (_request, response) =>
      response.end(JSON.stringify({ more: true, next: 'x', objects: [indicator('a.example.test', 1)] })),
    );
    configure({ name: 'ours', taxii: `${base}/api/collections/c1/` });
    expect((await update())[0]?.error).toContain('says that there is more, and brings nothing new');
  });

  it('is found from the address of its server or API root, which people copy', async () => {
    serve('/taxii2/', JSON.stringify({ title: 'A server', api_roots: [`${base}/api/`] }));
    serve('/api/', JSON.stringify({ title: 'A root', versions: ['application/taxii+json;version=2.1'] }));
    serve('/api/collections/', JSON.stringify({ collections: [{ id: 'c1', title: 'Ours', can_read: true }] }));
    configure({ name: 'a', taxii: `${base}/taxii2/` }, { name: 'b', taxii: `${base}/api` });
    const [a, b] = await update();
    expect(a?.error).toContain(`give one of an API root: ${base}/api/`);
    expect(b?.error).toContain(`${base}/api/collections/c1/ (Ours)`);
  });
});

function indicator(domain: string, day: number): Readonly<Record<string, string>> {
  const time = `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  const id = `indicator--0000000${day}-0000-4000-8000-${domain.length.toString().padStart(12, '0')}`;
  return {
    type: 'indicator',
    spec_version: '2.1',
    id: day === 1 && domain.length > 16 ? id : `indicator--${String(day).padStart(8, '0')}-0000-4000-8000-000000000000`,
    created: time,
    modified: time,
    pattern: `[domain-name:value = '${domain}']`,
    pattern_type: 'stix',
    valid_from: time,
  };
}

it('a state file that was damaged costs a full fetch, no more', async () => {
  serve('/a.txt', 'bad.example.test\n');
  configure({ name: 'a', url: `${base}/a.txt` });
  writeFileSync(join(folder, 'feeds-state.json'), '{"a": 7');
  expect((await update())[0]?.outcome).toBe('updated');
  expect(JSON.parse(readFileSync(join(folder, 'feeds-state.json'), 'utf8'))).toHaveProperty('a.total', 1);
});
