import {
  AGENT_CHALLENGE_PATH,
  AGENT_CONTENT_TYPE,
  AGENT_ENROL_PATH,
  AGENT_NETWORK_PATH,
  AGENT_REPORT_PATH,
  AGENT_STATEMENT_PATH,
  Challenge,
  ENROLMENT_CHALLENGE_PATH,
  EnrolmentResponse,
  GATEWAY_PEERS_PATH,
  GatewayPeers,
  NetworkSetup,
  REPORT_BODY_LIMIT_BYTES,
  ReportAck,
  StatementAnswer,
} from '@vedette/contracts';
import type { FastifyRequest } from 'fastify';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../http/app-type.ts';
import { acceptStatement, giveChallenge, giveEnrolmentChallenge } from '../attestation/accept-statement.ts';
import { answerGateway } from '../networks/answer-gateway.ts';
import { giveNetworkSetup } from '../networks/give-network-setup.ts';
import { acceptReport } from './accept-report.ts';
import { AgentRefused } from './agent-refused.ts';
import { enrolDevice } from './enrol-device.ts';
import { createRefusalLimit } from './refusal-limit.ts';
import { recordRefusal } from './refusal-log.ts';

const CHALLENGE_BODY_LIMIT_BYTES = 4_096;
/** A hundred thousand peers with their counters. */
const GATEWAY_BODY_LIMIT_BYTES = 20_000_000;

/**
 * What agents send, at full paths: enrolments, reports, requests for challenges, statements. Public: the signature is what admits a request, and the secret of a link where there is no key
 * yet. The body is the compact JWS itself; refusals are problem documents whose code is an `AgentRefusal`.
 */
export async function ingestRoutes(app: App, context: ServerContext): Promise<void> {
  const limit = createRefusalLimit(context.clock);

  function admit<T>(request: FastifyRequest, accept: (jws: string) => Promise<T>): Promise<T> {
    return limited(request, () => {
      if (typeof request.body !== 'string')
        throw new AgentRefused('malformed', `The body must be ${AGENT_CONTENT_TYPE}`);
      return accept(request.body);
    });
  }

  async function limited<T>(request: FastifyRequest, accept: () => Promise<T>): Promise<T> {
    const remote = request.ip;
    if (limit.isExceeded(remote))
      throw new AgentRefused('rate-limited', 'Too much from this address was refused: wait a minute');
    try {
      return await accept();
    } catch (error) {
      if (error instanceof AgentRefused) {
        limit.count(remote);
        await recordRefusal(context, error, remote);
      }
      throw error;
    }
  }

  app.post(
    ENROLMENT_CHALLENGE_PATH,
    { config: { public: true }, bodyLimit: CHALLENGE_BODY_LIMIT_BYTES, schema: { response: { 200: Challenge } } },
    (request) => limited(request, () => giveEnrolmentChallenge(context, request.body)),
  );

  app.post(
    GATEWAY_PEERS_PATH,
    { config: { public: true }, bodyLimit: GATEWAY_BODY_LIMIT_BYTES, schema: { response: { 200: GatewayPeers } } },
    (request) => limited(request, () => answerGateway(context, request.headers.authorization, request.body)),
  );

  await app.register(async (agents: App) => {
    // What is refused before the body was read is refused in the same words.
    agents.setErrorHandler(async (error, request) => {
      const refused = refusedUnread(error);
      if (refused === null) throw error;
      limit.count(request.ip);
      await recordRefusal(context, refused, request.ip);
      throw refused;
    });
    agents.removeAllContentTypeParsers();
    agents.addContentTypeParser(
      AGENT_CONTENT_TYPE,
      { parseAs: 'string', bodyLimit: REPORT_BODY_LIMIT_BYTES },
      (_request, body, done) => {
        done(null, body);
      },
    );
    agents.post(
      AGENT_ENROL_PATH,
      {
        config: { public: true },
        bodyLimit: REPORT_BODY_LIMIT_BYTES,
        schema: { response: { 200: EnrolmentResponse } },
      },
      (request) => admit(request, (jws) => enrolDevice(context, jws)),
    );
    agents.post(
      AGENT_REPORT_PATH,
      { config: { public: true }, bodyLimit: REPORT_BODY_LIMIT_BYTES, schema: { response: { 200: ReportAck } } },
      (request) => admit(request, (jws) => acceptReport(context, jws)),
    );
    agents.post(
      AGENT_CHALLENGE_PATH,
      { config: { public: true }, bodyLimit: REPORT_BODY_LIMIT_BYTES, schema: { response: { 200: Challenge } } },
      (request) => admit(request, (jws) => giveChallenge(context, jws)),
    );
    agents.post(
      AGENT_STATEMENT_PATH,
      { config: { public: true }, bodyLimit: REPORT_BODY_LIMIT_BYTES, schema: { response: { 200: StatementAnswer } } },
      (request) => admit(request, (jws) => acceptStatement(context, jws)),
    );
    agents.post(
      AGENT_NETWORK_PATH,
      { config: { public: true }, bodyLimit: REPORT_BODY_LIMIT_BYTES, schema: { response: { 200: NetworkSetup } } },
      (request) => admit(request, (jws) => giveNetworkSetup(context, jws)),
    );
  });
}

function refusedUnread(error: unknown): AgentRefused | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (error instanceof AgentRefused) return null;
  if (status === 413) return new AgentRefused('too-large', `The body is larger than ${REPORT_BODY_LIMIT_BYTES} bytes`);
  if (status === 415) return new AgentRefused('malformed', `The body must be ${AGENT_CONTENT_TYPE}`);
  return null;
}
