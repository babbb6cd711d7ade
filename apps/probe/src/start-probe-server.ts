import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, isIPv6, type Server } from 'node:net';
import { connect } from 'node:tls';
import { ProbeTarget } from '@vedette/contracts';
import { exchangeName, nonceOfName } from '@vedette/network';
import { Counter, Gauge, Registry } from 'prom-client';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { answerClear } from './answer-clear.ts';
import { answerExchange, sendJson } from './answer-exchange.ts';
import { answerNames } from './answer-names.ts';
import { lookFromHere } from './look-from-here.ts';
import { describeCertificate, ownCertificate } from './own-certificate.ts';
import { readBody } from './read-body.ts';
import type { ProbeSettings } from './read-settings.ts';
import { createSightings } from './sightings.ts';
import { loadSigningKeys } from './signing-keys.ts';
import { addressOf, createTlsFront } from './tls-front.ts';

export interface ProbeServer {
  /** What agents must know: to be handed out over a channel that they trust. */
  readonly target: ProbeTarget;
  /** Ports that it listens on; those that were asked for as 0 are told here. */
  readonly ports: {
    readonly tls: number;
    readonly http: number;
    readonly dns: number | null;
    readonly metrics: number | null;
  };
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ProbeServerOptions {
  readonly date?: () => string;
  /** How often it asks itself over TLS, in milliseconds. */
  readonly selfTestMs?: number;
  /** Whether it reaches itself; default: a handshake over loopback. */
  readonly reachesItself?: () => Promise<boolean>;
}

const KEEP_MS = 120_000;
/** Connections without a greeting count for so long. */
const SELF_TEST_MS = 20_000;
const VantageRequest = z.object({ host: z.string().max(200) });

/** Starts the probe server: TLS, clear text, names, metrics. @throws where a port cannot be had or a certificate cannot be read */
export async function startProbeServer(
  settings: ProbeSettings,
  options: ProbeServerOptions = {},
): Promise<ProbeServer> {
  const { zone, listen } = settings;
  const { date = () => new Date().toISOString(), selfTestMs = SELF_TEST_MS } = options;
  const testItself =
    options.reachesItself ?? (() => reachesItself(listen, ports.tls, exchangeName('0'.repeat(32), zone)));
  const keys = loadSigningKeys(settings.data);
  const certificate =
    settings.certificate === null
      ? await ownCertificate(settings.data, zone)
      : describeCertificate(settings.certificate.chain, settings.certificate.key);
  const sightings = createSightings(KEEP_MS, () => Date.now());
  const metrics = createMetrics(() => sightings.size);
  const limiter = new RateLimiterMemory({ points: settings.requestsPerMinute, duration: 60 });
  const key = () => keys.current;
  let tlsWorks = true;

  const limited =
    (listener: (request: IncomingMessage, response: ServerResponse) => Promise<string>): RequestListener =>
    (request, response) => {
      const client = addressOf(request.socket.remoteAddress);
      limiter
        .consume(client)
        .then(async () => metrics.requests.inc({ kind: await listener(request, response) }))
        .catch((error: unknown) => {
          const refused = !(error instanceof Error);
          metrics.requests.inc({ kind: refused ? 'limited' : 'failed' });
          if (response.headersSent) response.destroy();
          else {
            if (refused) response.setHeader('retry-after', '60');
            sendJson(response, refused ? 429 : 500, { error: refused ? 'too many requests' : 'failed' });
          }
        });
    };

  const front = createTlsFront({
    certificate,
    onRequest: limited(async (request, response) => {
      if (request.method === 'GET' && request.url === '/v1/target') {
        sendJson(response, 200, target);
        return 'target';
      }
      if (request.method === 'POST' && request.url === '/v1/vantage')
        return vantage(request, response, settings.vantageHosts);
      if (request.method !== 'POST' || request.url !== '/v1/probe') {
        sendJson(response, 404, { error: 'nothing here' });
        return 'other';
      }
      return answerExchange(request, response, { certificate, key, sightings, helloOf: front.helloOf, date });
    }),
    onConnection(address, hello) {
      const nonce = hello?.sni == null ? null : (nonceOfName(hello.sni, zone)?.nonce ?? null);
      if (hello === null) sightings.of(`from ${address}`).connections += 1;
      else if (nonce !== null) sightings.of(nonce).hellos += 1;
      if (hello !== null) metrics.hellos.inc();
    },
    onHandshake(name) {
      const nonce = name === null ? null : (nonceOfName(name, zone)?.nonce ?? null);
      if (nonce !== null) sightings.of(nonce).handshakes += 1;
    },
  });
  const clear: HttpServer = createHttpServer(
    { requestTimeout: 15_000, headersTimeout: 15_000, maxHeaderSize: 16_384 },
    limited((request, response) =>
      answerClear(request, response, {
        zone,
        tlsPort: () => target.tlsPort,
        key,
        sightings,
        tlsWorks: () => tlsWorks,
        date,
      }),
    ),
  );

  await listenOn(front.server, settings.tlsPort, listen);
  await listenOn(clear, settings.httpPort, listen);
  const names =
    settings.dnsPort === null
      ? null
      : await startNames(
          settings.dnsPort,
          listen,
          (message, client) => answerNames(message, client, { zone, addresses: settings.addresses, sightings }),
          limiter,
        );
  const metricsServer =
    settings.metricsPort === null
      ? null
      : createHttpServer((_request, response) => {
          metrics.registry
            .metrics()
            .then((text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text))
            .catch(() => response.writeHead(500).end());
        });
  if (metricsServer !== null) await listenOn(metricsServer, settings.metricsPort ?? 0, '127.0.0.1');
  const ports = {
    tls: portOf(front.server),
    http: portOf(clear),
    dns: names?.port ?? null,
    metrics: metricsServer === null ? null : portOf(metricsServer),
  };
  const target = ProbeTarget.parse({
    schema: 'vedette.probe-target/1',
    zone,
    addresses: settings.addresses,
    tlsPort: ports.tls,
    httpPort: ports.http,
    dnsPort: ports.dns,
    keys: [keys.current.public, keys.next.public],
    pins: [certificate.spki],
    decoys: settings.decoys,
    silentAddress: settings.silentAddress,
  });
  const selfTest = setInterval(() => {
    void testItself().then((works) => (tlsWorks = works));
  }, selfTestMs);
  selfTest.unref();
  return {
    target,
    ports,
    async [Symbol.asyncDispose]() {
      clearInterval(selfTest);
      for (const server of [clear, metricsServer]) server?.closeAllConnections();
      names?.close();
      await Promise.all([front.server, clear, metricsServer].filter((server) => server !== null).map(closeServer));
    },
  };
}

async function vantage(request: IncomingMessage, response: ServerResponse, hosts: readonly string[]): Promise<string> {
  const body = await readBody(request);
  let asked: { host: string } | undefined;
  try {
    asked = VantageRequest.safeParse(JSON.parse(body?.toString('utf8') ?? '')).data;
  } catch {
    asked = undefined;
  }
  if (asked === undefined || !hosts.includes(asked.host)) {
    sendJson(response, 403, { error: 'this host is not on the list' });
    return 'refused';
  }
  sendJson(response, 200, await lookFromHere(asked.host));
  return 'vantage';
}

function createMetrics(nonces: () => number) {
  const registry = new Registry();
  const requests = new Counter({
    name: 'vedette_probe_requests_total',
    help: 'Requests, by what they were',
    labelNames: ['kind'],
    registers: [registry],
  });
  const hellos = new Counter({
    name: 'vedette_probe_hellos_total',
    help: 'Greetings of TLS that were read',
    registers: [registry],
  });
  const held = new Gauge({
    name: 'vedette_probe_nonces',
    help: 'Nonces that are remembered now',
    registers: [registry],
    collect() {
      this.set(nonces());
    },
  });
  return { registry, requests, hellos, held };
}

function listenOn(server: Server | HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server | HttpServer): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function closeServer(server: Server | HttpServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

type Answer = (message: Uint8Array, client: string) => Buffer | null;

/** Names over UDP and TCP, on one port (RFC 7766). */
async function startNames(
  port: number,
  host: string,
  answer: Answer,
  limiter: RateLimiterMemory,
  tries = 5,
): Promise<{ readonly port: number; close(): void }> {
  // TCP first: it is the one whose port others take.
  const tcp = createTcpServer((socket) => {
    let held = Buffer.alloc(0);
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      if (held.length > 4_096) return void socket.destroy();
      const length = held.length < 2 ? Number.POSITIVE_INFINITY : held.readUInt16BE(0);
      if (held.length < length + 2) return;
      const reply = answer(held.subarray(2, length + 2), addressOf(socket.remoteAddress));
      if (reply === null) return void socket.destroy();
      const head = Buffer.alloc(2);
      head.writeUInt16BE(reply.length);
      socket.end(Buffer.concat([head, reply]));
    });
  });
  await listenOn(tcp, port, host);
  const given = portOf(tcp);
  const udp: UdpSocket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      udp.once('error', reject);
      udp.bind(given, host, resolve);
    });
  } catch (error) {
    tcp.close();
    udp.close();
    // A port that the system chose may be somebody's over UDP.
    if (port !== 0 || tries <= 1) throw error;
    return startNames(port, host, answer, limiter, tries - 1);
  }
  udp.on('error', () => {});
  udp.on('message', (message, from) => {
    limiter
      .consume(`dns ${from.address}`)
      .then(() => {
        const reply = answer(message, from.address);
        if (reply !== null) udp.send(reply, from.port, from.address);
      })
      // Too many: no answer.
      .catch(() => {});
  });
  return {
    port: given,
    close() {
      udp.close();
      tcp.close();
    },
  };
}

/** A whole handshake with itself, as an agent makes it. */
function reachesItself(listen: string, port: number, serverName: string): Promise<boolean> {
  const host = listen === '0.0.0.0' ? '127.0.0.1' : listen === '::' ? '::1' : listen;
  return new Promise((resolve) => {
    const socket = connect({ host, port, servername: serverName, rejectUnauthorized: false, timeout: 5_000 });
    const end = (works: boolean): void => {
      socket.destroy();
      resolve(works);
    };
    socket.once('secureConnect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
