import { connect as connectTcp, createServer } from 'node:net';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import type { Authority, Credential, LeafKind } from './authority.ts';
import { type Middle, startMiddle } from './middle.ts';
import { readAhead } from './read-ahead.ts';

export interface TlsInterceptorOptions {
  readonly upstreamPort: number;
  /** Who signs what he shows. */
  readonly authority: Authority;
  /** Certificate for the name that is asked for unless `fixed` is given. */
  readonly leaf?: LeafKind;
  readonly fixed?: Credential;
  /** Names that he leaves alone. */
  readonly spares?: (name: string) => boolean;
  /** Suites of his own greeting and of what he accepts, as OpenSSL writes them. */
  readonly ciphers?: string;
  readonly maxVersion?: 'TLSv1.2';
  /** Whether he passes the protocol negotiation on. Default true. */
  readonly alpn?: boolean;
  /** What he does to what the client says once it is readable, and to what comes back. */
  readonly rewrite?: (text: string, from: 'client' | 'server') => string;
  /** He shakes hands and passes nothing on. */
  readonly swallows?: boolean;
}

/** Ends TLS with a certificate of his own and makes a second connection to the server: what mitmproxy, sslsplit and products of inspection do. */
export function startTlsInterceptor(options: TlsInterceptorOptions): Promise<Middle> {
  const { upstreamPort, authority, leaf = 'usual', fixed, spares = () => false, alpn = true } = options;
  const { ciphers, maxVersion, rewrite = (text) => text, swallows = false } = options;
  let fired = 0;
  const versions = {
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
  };
  const protocols = alpn ? { ALPNProtocols: ['http/1.1'] } : {};
  const server = createServer((client) => {
    readAhead(client, (hello, bytes) => {
      const name = hello?.serverName ?? 'unnamed.example';
      client.unshift(bytes);
      if (spares(name)) {
        const onward = connectTcp(upstreamPort, '127.0.0.1');
        onward.on('error', () => client.destroy());
        client.once('close', () => onward.destroy());
        client.pipe(onward).pipe(client);
        return;
      }
      fired += 1;
      void (fixed === undefined ? authority.issue([name], leaf) : Promise.resolve(fixed)).then((shown) => {
        const near = new TLSSocket(client, {
          isServer: true,
          secureContext: createSecureContext({ cert: shown.chain, key: shown.key, ...versions }),
          ...protocols,
        });
        near.on('error', () => client.destroy());
        if (swallows) return void near.resume();
        const far = connect({
          port: upstreamPort,
          host: '127.0.0.1',
          servername: name,
          rejectUnauthorized: false,
          ...protocols,
          ...versions,
        });
        far.on('error', () => client.destroy());
        client.once('close', () => far.destroy());
        near.on('data', (data: Buffer) => far.write(Buffer.from(rewrite(data.toString('latin1'), 'client'), 'latin1')));
        far.on('data', (data: Buffer) => near.write(Buffer.from(rewrite(data.toString('latin1'), 'server'), 'latin1')));
        far.on('end', () => near.end());
      });
    });
  });
  return startMiddle(server, () => fired);
}
