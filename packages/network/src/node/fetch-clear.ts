import { request } from 'node:http';
import type { HttpRequest, HttpResult } from '../net-port.ts';
import { within, withTransport } from './open-tls.ts';
import { outcomeOf } from './outcome-of.ts';
import { readHttpAnswer } from './read-http-answer.ts';

/** Fetches one page in clear text, on a connection of its own. */
export async function fetchClear(of: HttpRequest): Promise<HttpResult> {
  const { address, port, host, method, path, body, timeoutMs } = of;
  const from = performance.now();
  const headers = withTransport(of.headers, host, body);
  const outgoing = request({
    host: address,
    port,
    method,
    path,
    setHost: false,
    agent: false,
    headers: headers.flatMap(([name, value]) => [name, value]),
  });
  const result = (partial: Pick<HttpResult, 'outcome' | 'error' | 'status' | 'headers' | 'body'>): HttpResult => ({
    ...partial,
    totalMs: Math.round((performance.now() - from) * 10) / 10,
    sentHeaders: of.headers,
    bytes: (outgoing.socket?.bytesRead ?? 0) + (outgoing.socket?.bytesWritten ?? 0),
  });
  try {
    const answer = await within(timeoutMs, readHttpAnswer(outgoing, body));
    return answer.complete
      ? result({ outcome: 'ok', error: null, status: answer.status, headers: answer.headers, body: answer.body })
      : result({ outcome: 'closed', error: 'incomplete', status: answer.status, headers: answer.headers, body: '' });
  } catch (error) {
    return result({ ...outcomeOf(error), status: null, headers: [], body: '' });
  } finally {
    outgoing.on('error', () => {});
    outgoing.destroy();
  }
}
