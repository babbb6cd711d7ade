import { Problem } from '@vedette/contracts';
import type { z } from 'zod';

/** The console's API as a browser uses it: one session, same origin. */
export interface ConsoleClient {
  /** @throws Error with the problem's detail when the server refuses */
  send<T extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    answer: T,
    body?: unknown,
  ): Promise<z.infer<T>>;
  upload<T extends z.ZodType>(path: string, answer: T, bytes: Uint8Array): Promise<z.infer<T>>;
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> };

/** @param address without a slash at its end */
export function createConsoleClient(address: string, fetch: typeof globalThis.fetch): ConsoleClient {
  let cookie = '';

  async function request<T extends z.ZodType>(path: string, init: Init, answer: T): Promise<z.infer<T>> {
    const response = await fetch(`${address}/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, cookie, 'x-vedette-csrf': '1', origin: address },
    });
    const setCookie = response.headers.getSetCookie()[0];
    if (setCookie !== undefined) cookie = setCookie.split(';')[0] ?? '';
    const json: unknown = await response.json();
    if (!response.ok)
      throw new Error(`${init.method} ${path}: ${Problem.safeParse(json).data?.detail ?? response.status}`);
    return answer.parse(json);
  }

  return {
    send: (method, path, answer, body) =>
      request(
        path,
        body === undefined
          ? { method }
          : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        answer,
      ),
    upload: (path, answer, bytes) =>
      request(
        path,
        { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: new Uint8Array(bytes) },
        answer,
      ),
  };
}
