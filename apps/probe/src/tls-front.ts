import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import type { HelloSummary } from '@vedette/contracts';
import { MAX_HELLO_BYTES, readClientHello, summariseHello } from '@vedette/network';
import type { ServerCertificate } from './own-certificate.ts';

export interface TlsFrontOptions {
  readonly certificate: ServerCertificate;
  readonly onRequest: RequestListener;
  /** Told of every connection, once with null when it is there and again with its greeting. */
  readonly onConnection: (address: string, hello: HelloSummary | null) => void;
  readonly onHandshake: (serverName: string | null) => void;
}

export interface TlsFront {
  readonly server: Server;
  /** Greeting of a connection that is open, by its other end. */
  helloOf(address: string | undefined, port: number | undefined): HelloSummary | null;
}

/** How long a client may take for its greeting. */
const HELLO_MS = 10_000;
const REQUEST_MS = 15_000;
const MOST_CONNECTIONS = 20_000;

/** Accepts connections, reads the greeting before it hands them to TLS, and keeps it as long as the connection is there. Nothing is changed on the way. */
export function createTlsFront({ certificate, onRequest, onConnection, onHandshake }: TlsFrontOptions): TlsFront {
  const hellos = new Map<string, HelloSummary>();
  const https: HttpsServer = createHttpsServer(
    {
      cert: certificate.chain,
      key: certificate.key,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      // Each probe is a connection of its own; one that were resumed would prove less.
      sessionTimeout: 1,
      requestTimeout: REQUEST_MS,
      headersTimeout: REQUEST_MS,
      maxHeaderSize: 16_384,
    },
    onRequest,
  );
  https.on('secureConnection', (socket) =>
    onHandshake('servername' in socket && typeof socket.servername === 'string' ? socket.servername : null),
  );
  https.on('tlsClientError', (_error, socket) => socket.destroy());
  const server = createServer({ noDelay: true }, (socket) => {
    const address = addressOf(socket.remoteAddress);
    const key = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
    onConnection(address, null);
    socket.once('close', () => hellos.delete(key));
    // Whoever breaks off early is no error of ours.
    socket.on('error', () => socket.destroy());
    readAhead(socket, (hello) => {
      if (hello !== null) {
        hellos.set(key, hello);
        onConnection(address, hello);
      }
      https.emit('connection', socket);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.once('close', () => https.close());
  return {
    server,
    helloOf: (address, port) => hellos.get(`${address ?? ''}:${port ?? 0}`) ?? null,
  };
}

/** Reads until the greeting is whole, or is none, and puts everything back. */
function readAhead(socket: Socket, done: (hello: HelloSummary | null) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => socket.destroy(), HELLO_MS);
  socket.once('close', () => clearTimeout(timer));
  const onData = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.length;
    const all = pieces.length === 1 ? piece : Buffer.concat(pieces, length);
    const read = readClientHello(all);
    if (read.kind === 'incomplete' && length < MAX_HELLO_BYTES) return;
    clearTimeout(timer);
    socket.off('data', onData);
    socket.pause();
    socket.unshift(all);
    done(read.kind === 'hello' ? summariseHello(read.hello) : null);
  };
  socket.on('data', onData);
}

/** Without the prefix of IPv4 in IPv6 (RFC 4291, 2.5.5.2). */
export function addressOf(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:/, '');
}
