import type { InjectOptions, LightMyRequestResponse as Response } from 'fastify';
import type { z } from 'zod';
import type { App } from '../http/app-type.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Extra = Pick<InjectOptions, 'headers' | 'query' | 'remoteAddress'>;

/** A browser of one person, or of nobody. Paths are below `/api/v1`. */
export interface TestClient {
  send(method: Method, path: string, body?: InjectOptions['payload'], extra?: Extra): Promise<Response>;
  /** Sends, expects success, and checks the answer against its contract. */
  get<T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>>;
  post<T extends z.ZodType>(path: string, body: object | undefined, shape: T): Promise<z.output<T>>;
}

export function createTestClient(app: App, cookie: string | null): TestClient {
  const send: TestClient['send'] = (method, path, body, extra) =>
    app.inject({
      method,
      url: `/api/v1${path}`,
      ...extra,
      headers: { 'x-vedette-csrf': '1', ...(cookie === null ? {} : { cookie }), ...extra?.headers },
      ...(body === undefined ? {} : { payload: body }),
    });
  const expectSuccess = <T extends z.ZodType>(response: Response, shape: T): z.output<T> => {
    if (response.statusCode >= 300) throw new Error(`${response.statusCode}: ${response.body}`);
    return shape.parse(response.json());
  };
  return {
    send,
    get: async (path, shape) => expectSuccess(await send('GET', path), shape),
    post: async (path, body, shape) => expectSuccess(await send('POST', path, body), shape),
  };
}
