import { AgentError } from './agent-error.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Where to enrol and with what. `server` has no trailing slash. */
export interface EnrolmentTarget {
  readonly server: string;
  readonly token: string;
}

/**
 * Reads the address of a server. Plain http would show the token and every report to the network, so it is taken only for this
 * machine itself, or when the caller says so.
 * @returns the base address without a trailing slash
 * @throws AgentError `server-invalid`, `plain-http`
 */
export function parseServerAddress(text: string, allowPlainHttp = false): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    throw new AgentError(
      'server-invalid',
      `"${text}" is not the address of a server; it looks like https://mtd.example.org`,
    );
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw new AgentError(
      'server-invalid',
      'The address of the server must not carry a user name, a password or a query.',
    );
  if (url.protocol === 'http:' && !allowPlainHttp && !LOOPBACK.test(url.hostname))
    throw new AgentError(
      'plain-http',
      `${url.origin} is plain http: anyone on the way could read the token. Use https.`,
    );
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/**
 * Reads an enrolment link, `https://host/enrol#t=TOKEN`. The token is in the fragment, which browsers never send (RFC 3986
 * section 3.5), so it stays out of the logs of servers and proxies.
 * @throws AgentError `link-invalid`, `server-invalid`, `plain-http`
 */
export function parseEnrolmentLink(link: string, allowPlainHttp = false): EnrolmentTarget {
  const url = URL.canParse(link) ? new URL(link) : null;
  const token = url === null ? null : new URLSearchParams(url.hash.slice(1)).get('t');
  if (url === null || token === null || token.length < 16 || token.length > 200 || !/\/enrol\/?$/.test(url.pathname))
    throw new AgentError(
      'link-invalid',
      'This is not an enrolment link; one looks like https://mtd.example.org/enrol#t=TOKEN',
    );
  url.hash = '';
  url.pathname = url.pathname.replace(/\/enrol\/?$/, '');
  return { server: parseServerAddress(url.href, allowPlainHttp), token };
}
