import { randomBytes } from 'node:crypto';
import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { NetPort, Resolver } from '../net-port.ts';
import { askDns } from './ask-dns.ts';
import { fetchClear } from './fetch-clear.ts';
import { openTls, within } from './open-tls.ts';
import { outcomeOf } from './outcome-of.ts';
import { type LinkMemory, readLink } from './read-link.ts';

export interface NodePortOptions {
  /** Further authorities that this device trusts, as PEM. */
  readonly trust?: readonly string[];
  /** Default: those of the system. */
  readonly resolvers?: readonly Resolver[];
  /** Where connections really go: a laboratory on loopback has one address for all. */
  readonly route?: (end: { readonly address: string; readonly port: number }) => {
    readonly address: string;
    readonly port: number;
  };
  /** What was seen below while this network was clean. */
  readonly memories?: readonly LinkMemory[];
  /** Ask the resolvers oneself instead of the system (which keeps answers, and has a file of names). */
  readonly askResolversItself?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The port of Node: sockets, TLS with its exporter, UDP, and the layer below on Linux. */
export function createNodePort(options: NodePortOptions = {}): NetPort {
  const { trust = [], route = (end) => end, memories = [], askResolversItself = false, env = process.env } = options;
  const ca = trust.length === 0 ? {} : { ca: [...rootCertificates, ...trust] };
  const contexts = { usual: createSecureContext(ca), old: createSecureContext({ ...ca, maxVersion: 'TLSv1.2' }) };
  const resolvers = options.resolvers ?? getServers().map(resolverOf);
  return {
    tier: process.platform === 'linux' ? 2 : 1,
    stack: `node/${process.versions.node} openssl/${process.versions.openssl}`,
    now: () => performance.now(),
    date: () => new Date().toISOString(),
    nonce: () => randomBytes(16).toString('hex'),
    wait: (milliseconds) => wait(milliseconds),
    async resolve(name, timeoutMs) {
      const from = performance.now();
      const took = (): number => Math.round((performance.now() - from) * 10) / 10;
      const [first] = resolvers;
      if (askResolversItself && first !== undefined) {
        const { outcome, answers } = await askDns({ ...first, name, timeoutMs, listenMs: 0 });
        const addresses = answers.flatMap((answer) => answer.addresses);
        return {
          outcome: outcome === 'ok' && addresses.length === 0 ? 'unresolved' : outcome,
          addresses,
          totalMs: took(),
        };
      }
      try {
        const found = await within(timeoutMs, lookup(name, { all: true, verbatim: true }));
        return { outcome: 'ok', addresses: found.map(({ address }) => address), totalMs: took() };
      } catch (error) {
        return { outcome: outcomeOf(error).outcome, addresses: [], totalMs: took() };
      }
    },
    http: (request) => fetchClear({ ...request, ...route(request) }),
    tls: (request) =>
      openTls({ ...request, ...route(request) }, request.maxVersion === undefined ? contexts.usual : contexts.old),
    dns: (request) => askDns(request),
    resolvers: () => resolvers,
    link: () => readLink(memories, env),
  };
}

/** `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:5353` or `2001:db8::1`. */
function resolverOf(text: string): Resolver {
  const match = /^\[(.+)\]:(\d+)$/.exec(text) ?? /^([0-9.]+):(\d+)$/.exec(text);
  return match === null ? { server: text, port: 53 } : { server: match[1] ?? text, port: Number(match[2]) };
}
