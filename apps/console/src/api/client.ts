import { Problem } from '@vedette/contracts';
import type { z } from 'zod';

/** Why an API request did not give what was asked for. `status` 0: the server could not be reached; 599: it answered something else than agreed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  constructor(status: number, code: string, title: string, detail: string, errors: ApiError['errors'] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.errors = errors;
  }
}

const BASE = '/api/v1';

async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = Problem.safeParse(body);
  if (problem.success)
    return new ApiError(
      response.status,
      problem.data.code,
      problem.data.title,
      problem.data.detail,
      problem.data.errors ?? [],
    );
  return new ApiError(
    response.status,
    `http-${response.status}`,
    'The server refused the request',
    `It answered ${response.status} ${response.statusText}. Try again; if it stays, look at the server's log.`,
  );
}

/**
 * One request. The answer is parsed with `schema`: what the console shows is what the contract says.
 * @throws ApiError
 */
export async function request<T extends z.ZodType>(
  schema: T,
  path: string,
  init: RequestInit = {},
): Promise<z.output<T>> {
  const method = init.method ?? 'GET';
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json');
  // Proof that the request comes from this page: another site cannot set the header without asking (WHATWG Fetch, CORS-unsafe headers).
  if (method !== 'GET') headers.set('x-vedette-csrf', '1');
  let response: Response;
  try {
    response = await fetch(`${BASE}${path}`, { ...init, headers, credentials: 'same-origin' });
  } catch {
    throw new ApiError(
      0,
      'unreachable',
      'The server could not be reached',
      'Check the connection. What is on the page stays as it was.',
    );
  }
  if (!response.ok) throw await problemOf(response);
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new ApiError(
    599,
    'unexpected-answer',
    'The server answered in a form this console does not know',
    `${first === undefined ? 'No detail' : `${first.path.join('.')}: ${first.message}`}. Server and console may be of different versions; reload the page.`,
  );
}

/** A request with a JSON body. */
export async function send<T extends z.ZodType>(
  schema: T,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<z.output<T>> {
  return request(
    schema,
    path,
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  );
}

/** `?a=1&b=2` of the values that are set; empty strings and undefined are left out. */
export function queryString(values: Readonly<Record<string, string | number | undefined | null>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
