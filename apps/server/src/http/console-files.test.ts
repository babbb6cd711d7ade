import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from './app-type.ts';
import { serveConsole } from './console-files.ts';

const SCRIPT = 'console.log("a script of the console");'.repeat(40);
const PAGE = '<!doctype html><title>Vedette</title>'.repeat(10);
const folder = mkdtempSync(join(tmpdir(), 'vedette-console-'));
let app: App;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  const packed = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text));
  };
  packed('index.html', PAGE);
  packed('assets/app-abc123.js', SCRIPT);
  writeFileSync(join(folder, 'assets', 'font-abc123.woff2'), 'packed already');
  app = fastify().withTypeProvider<ZodTypeProvider>();
  await serveConsole(app, folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, encodings?: string) =>
  app.inject({ url, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } });

describe('files of the console', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ] as const)('go out packed to a browser that takes %s', async (accepted, encoding, unpack) => {
    const answer = await get('/assets/app-abc123.js', accepted);
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(answer.rawPayload.length).toBeLessThan(SCRIPT.length / 4);
    expect(unpack(answer.rawPayload).toString()).toBe(SCRIPT);
  });

  it('go out as they are to everybody else, and a cache is told of the difference', async () => {
    for (const accepted of [undefined, 'identity', 'zstd']) {
      const answer = await get('/assets/app-abc123.js', accepted);
      expect(answer.headers).not.toHaveProperty('content-encoding');
      expect([answer.body, answer.headers['vary']]).toEqual([SCRIPT, 'accept-encoding']);
    }
  });

  it('serve the page packed under every address, never to be kept', async () => {
    for (const path of ['/', '/devices/1?tab=apps']) {
      const answer = await get(path, 'br');
      expect(answer.headers).toMatchObject({
        'content-encoding': 'br',
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'public, max-age=0',
        vary: 'accept-encoding',
      });
      expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(PAGE);
    }
  });

  it('are served plainly where the build packed nothing', async () => {
    const answer = await get('/assets/font-abc123.woff2', 'br, gzip');
    expect([answer.body, answer.headers['content-encoding']]).toEqual(['packed already', undefined]);
    expect(answer.headers['content-type']).toBe('font/woff2');
  });

  it('answers a second visit with 304', async () => {
    const first = await get('/', 'br');
    const again = await app.inject({
      url: '/',
      headers: { 'accept-encoding': 'br', 'if-none-match': String(first.headers['etag']) },
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});
