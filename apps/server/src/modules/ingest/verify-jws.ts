import {
  AgentPublicKey,
  CHALLENGE_JWS_TYPE,
  ENROLMENT_JWS_TYPE,
  NETWORK_JWS_TYPE,
  REPORT_JWS_TYPE,
  STATEMENT_JWS_TYPE,
} from '@vedette/contracts';
import { compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import { AgentRefused, type RefusedSender } from './agent-refused.ts';

/**
 * RFC 7515 section 7.1: three base64url parts, ASCII only. What is stored byte for byte must have one spelling: the last of the 86 characters of a signature has four unused bits, which
 * must be zero (RFC 4648 section 3.5).
 */
const COMPACT_JWS = /^[A-Za-z0-9_-]{2,2000}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/;

/** RFC 7515 section 4.1.11: extensions marked critical that are not understood MUST be refused; a strict header refuses all of them. */
const EnrolmentHeader = z.strictObject({
  alg: z.literal('ES256'),
  typ: z.literal(ENROLMENT_JWS_TYPE),
  jwk: z.strictObject(AgentPublicKey.shape),
});
/** What an enrolled device signs. Each kind is taken at its own endpoint alone: a report is never a request for a challenge. */
export type DeviceJwsType =
  | typeof REPORT_JWS_TYPE
  | typeof CHALLENGE_JWS_TYPE
  | typeof STATEMENT_JWS_TYPE
  | typeof NETWORK_JWS_TYPE;
const deviceHeader = (type: DeviceJwsType) =>
  z.strictObject({ alg: z.literal('ES256'), typ: z.literal(type), kid: z.uuid() });
const DEVICE_HEADERS = {
  [REPORT_JWS_TYPE]: deviceHeader(REPORT_JWS_TYPE),
  [CHALLENGE_JWS_TYPE]: deviceHeader(CHALLENGE_JWS_TYPE),
  [STATEMENT_JWS_TYPE]: deviceHeader(STATEMENT_JWS_TYPE),
  [NETWORK_JWS_TYPE]: deviceHeader(NETWORK_JWS_TYPE),
};

function readHeader<T extends z.ZodType>(jws: string, shape: T, sender: RefusedSender | null = null): z.infer<T> {
  if (!COMPACT_JWS.test(jws)) throw new AgentRefused('malformed', 'The body is not a compact JWS', sender);
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString('utf8'));
  } catch {
    header = undefined;
  }
  const parsed = shape.safeParse(header);
  if (!parsed.success)
    throw new AgentRefused('malformed', 'The protected header is not the one this endpoint takes', sender);
  return parsed.data;
}

async function verify(jws: string, publicKey: AgentPublicKey, sender: RefusedSender | null): Promise<unknown> {
  let payload: Uint8Array;
  try {
    const key = await importJWK({ ...publicKey }, 'ES256');
    ({ payload } = await compactVerify(jws, key, { algorithms: ['ES256'] }));
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException))
      throw error;
    throw new AgentRefused('bad-signature', 'The signature is not of the key it must be of', sender);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    throw new AgentRefused('malformed', 'The payload is not JSON in UTF-8', sender);
  }
}

/** Verifies an enrolment with the key it carries: proof that the sender holds it. @throws AgentRefused */
export async function verifyEnrolment(jws: string): Promise<{ publicKey: AgentPublicKey; payload: unknown }> {
  const { jwk } = readHeader(jws, EnrolmentHeader);
  return { publicKey: jwk, payload: await verify(jws, jwk, null) };
}

/** The device a request says it is of. Nothing else of it is read before its key is known. @throws AgentRefused */
export function claimedDevice(jws: string, type: DeviceJwsType = REPORT_JWS_TYPE): string {
  return readHeader(jws, DEVICE_HEADERS[type]).kid;
}

/** Verifies what a device signed with the key of the device. @throws AgentRefused */
export function verifyOfDevice(jws: string, publicKey: AgentPublicKey, sender: RefusedSender): Promise<unknown> {
  return verify(jws, publicKey, sender);
}
