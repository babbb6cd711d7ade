import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  AGENT_CONTENT_TYPE,
  AGENT_ENROL_PATH,
  AGENT_NETWORK_PATH,
  AGENT_REPORT_PATH,
  type AgentRefusal,
  ENROLMENT_JWS_TYPE,
  EnrolmentRequest,
  type EnrolmentResponse,
  NETWORK_JWS_TYPE,
  NetworkRequest,
  type NetworkSetup,
  REPORT_BODY_LIMIT_BYTES,
  REPORT_JWS_TYPE,
  Report,
  type ReportAck,
} from '@vedette/contracts';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, EmbeddedJWK, importJWK, type JWK } from 'jose';

/** A server of the agent protocol on loopback that checks every signature with jose, as the contract says. For tests. */
export interface ProtocolServer {
  readonly url: string;
  readonly token: string;
  readonly enrolments: EnrolmentRequest[];
  /** Applied reports by device, in order. */
  readonly reports: Map<string, { readonly jws: string; readonly report: Report }[]>;
  readonly retired: Set<string>;
  /** Answers this many enrolments and reports with 503 before it works again. */
  failNext: number;
  /** Takes reports in without answering, while true. */
  mute: boolean;
  /** Every report body that came in, answered or not. */
  readonly bodies: string[];
  /** Resolves when so many report bodies have come in. */
  waitForBodies(count: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

class Refused extends Error {
  readonly code: AgentRefusal;
  constructor(code: AgentRefusal) {
    super(code);
    this.code = code;
  }
}

export async function startProtocolServer(): Promise<ProtocolServer> {
  const token = 'enrolment-token-for-tests';
  const keys = new Map<string, { key: JWK; deviceId: string }>();
  const enrolments: EnrolmentRequest[] = [];
  const reports: ProtocolServer['reports'] = new Map();
  const retired = new Set<string>();
  const watchers = new Set<() => void>();

  async function enrol(jws: string): Promise<EnrolmentResponse> {
    const { payload, protectedHeader } = await verify(compactVerify(jws, EmbeddedJWK, { algorithms: ['ES256'] }));
    if (protectedHeader.typ !== ENROLMENT_JWS_TYPE || protectedHeader.jwk === undefined) throw new Refused('malformed');
    const request = EnrolmentRequest.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (request.token !== token) throw new Refused('token-invalid');
    const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk);
    const deviceId = keys.get(thumbprint)?.deviceId ?? crypto.randomUUID();
    if (retired.has(deviceId)) throw new Refused('device-retired');
    keys.set(thumbprint, { key: protectedHeader.jwk, deviceId });
    enrolments.push(request);
    return { deviceId, organisation: 'Acme', serverTime: new Date().toISOString(), reportIntervalSeconds: 900 };
  }

  async function readSigned(jws: string, type: string): Promise<{ deviceId: string; payload: unknown }> {
    const { kid } = decodeProtectedHeader(jws);
    const known = [...keys.values()].find(({ deviceId }) => deviceId === kid);
    if (known === undefined) throw new Refused('unknown-device');
    if (retired.has(known.deviceId)) throw new Refused('device-retired');
    const key = await importJWK(known.key, 'ES256');
    const { payload, protectedHeader } = await verify(compactVerify(jws, key, { algorithms: ['ES256'] }));
    if (protectedHeader.typ !== type) throw new Refused('malformed');
    return { deviceId: known.deviceId, payload: JSON.parse(new TextDecoder().decode(payload)) };
  }

  /** Networks are not probed here. */
  async function giveNetworkSetup(jws: string): Promise<NetworkSetup> {
    const { deviceId, payload } = await readSigned(jws, NETWORK_JWS_TYPE);
    if (NetworkRequest.parse(payload).deviceId !== deviceId) throw new Refused('wrong-device');
    return {
      schema: 'vedette.network-setup/1',
      probeTarget: null,
      probing: { everyMinutes: 15, againSeconds: 60 },
      allowedInspections: [],
      tunnel: null,
      noTunnel: 'not-set-up',
    };
  }

  async function receive(jws: string): Promise<ReportAck> {
    const known = await readSigned(jws, REPORT_JWS_TYPE);
    const report = Report.parse(known.payload);
    if (report.deviceId !== known.deviceId) throw new Refused('wrong-device');
    const applied = reports.get(known.deviceId) ?? [];
    reports.set(known.deviceId, applied);
    const before = applied.find((other) => other.report.sequence === report.sequence);
    if (before !== undefined && before.jws !== jws) throw new Refused('sequence-conflict');
    if (before === undefined && report.sequence <= (applied.at(-1)?.report.sequence ?? 0)) throw new Refused('replay');
    if (before === undefined) applied.push({ jws, report });
    return {
      reportId: report.reportId,
      sequence: report.sequence,
      duplicate: before !== undefined,
      resendFull: false,
      serverTime: new Date().toISOString(),
      standing: null,
    };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (service.failNext > 0 && request.url !== AGENT_NETWORK_PATH) {
      service.failNext -= 1;
      response.writeHead(503).end();
      return;
    }
    try {
      if (request.headers['content-type'] !== AGENT_CONTENT_TYPE) throw new Refused('malformed');
      const body = await readBody(request);
      if (request.url === AGENT_REPORT_PATH) {
        service.bodies.push(body);
        for (const watcher of watchers) watcher();
        if (service.mute) return;
      }
      const handlers: Readonly<Record<string, (jws: string) => Promise<object>>> = {
        [AGENT_ENROL_PATH]: enrol,
        [AGENT_REPORT_PATH]: receive,
        [AGENT_NETWORK_PATH]: giveNetworkSetup,
      };
      const handle = handlers[request.url ?? ''];
      if (handle === undefined) throw new Refused('malformed');
      const result = await handle(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    } catch (error) {
      const code = error instanceof Refused ? error.code : 'malformed';
      const problem = { type: 'about:blank', title: code, status: 400, detail: String(error), code };
      response.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    }
  }

  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  const { port } = address;
  const service: ProtocolServer = {
    url: `http://127.0.0.1:${port}`,
    token,
    enrolments,
    reports,
    retired,
    failNext: 0,
    mute: false,
    bodies: [],
    waitForBodies: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (service.bodies.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return service;
}

async function verify<T>(verifying: Promise<T>): Promise<T> {
  try {
    return await verifying;
  } catch {
    throw new Refused('bad-signature');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > REPORT_BODY_LIMIT_BYTES) throw new Refused('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
