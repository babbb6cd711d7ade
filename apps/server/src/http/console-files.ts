import { existsSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { App } from './app-type.ts';
import { sendProblem } from './error-handling.ts';
import { problem } from './problem.ts';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Vedette</title>
<h1>The console is not built</h1><p>The server runs, and its API answers. To build the console, run <code>npm run build</code> in the folder of Vedette, then load this page again.</p></html>`;

/** Paths the console never answers for: a wrong one there is an error, not a page. */
const RESERVED = ['/api/', '/agent/', '/healthz', '/readyz'];

/**
 * Serves the built console. Files under `assets/` carry a hash of their content in their name and may be kept for ever; every other path that a person can
 * have in the address bar gets `index.html`, which decides what to show. What the build packed (`.br`, `.gz` beside the file) goes out packed to browsers that
 * take it.
 */
export async function serveConsole(app: App, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false, suppressWarning: true, preCompressed: true });
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    const page = (request.method === 'GET' || request.method === 'HEAD') && path !== null && !isReserved(path);
    if (!page) return sendProblem(problem(404, 'not-found', 'There is nothing at this address'), reply);
    if (!existsSync(join(folder, 'index.html')))
      return reply.type('text/html; charset=utf-8').code(503).send(NOT_BUILT);
    if (path !== '/' && isFile(folder, path)) {
      const immutable = path.startsWith('/assets/');
      return reply.sendFile(path.slice(1), immutable ? { maxAge: '1y', immutable: true } : { maxAge: 0 });
    }
    if (path.startsWith('/assets/')) return sendProblem(problem(404, 'not-found', 'There is no such file'), reply);
    return reply.sendFile('index.html', { maxAge: 0, cacheControl: true });
  });
}

function isReserved(path: string): boolean {
  return RESERVED.some((each) => path === each.replace(/\/$/, '') || path.startsWith(each));
}

function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** Whether the path names a file in the folder, and not one outside of it or a hidden one. */
function isFile(folder: string, path: string): boolean {
  const inside = normalize(path);
  if (inside.split(sep).some((part) => part.startsWith('.'))) return false;
  return /\.[a-z0-9]+$/i.test(inside) && existsSync(join(folder, inside));
}
