import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import type { App } from './app-type.ts';
import { HttpProblem, problem, problemDocument } from './problem.ts';

/** Codes for what Fastify itself refuses. */
const REFUSALS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [400, ['malformed', 'The request could not be read']],
  [404, ['not-found', 'There is nothing here']],
  [405, ['method-not-allowed', 'This cannot be done here']],
  [408, ['too-slow', 'The request took too long']],
  [413, ['too-large', 'The body is larger than this endpoint takes']],
  [414, ['too-large', 'The address is too long']],
  [415, ['wrong-content-type', 'This endpoint does not take this content type']],
  [429, ['rate-limited', 'Too many attempts: wait a minute, then try again']],
  [431, ['too-large', 'The headers are too large']],
]);

/** Answers every failure as a problem document (RFC 9457): a stable code, never a stack or the words of the database. */
export function handleErrors(app: App): void {
  app.setErrorHandler((error, request, reply) => sendProblem(toProblem(error, request), reply));
}

export function sendProblem(refusal: HttpProblem, reply: FastifyReply): FastifyReply {
  return reply
    .code(refusal.status)
    .type('application/problem+json')
    .serializer((document: unknown) => JSON.stringify(document))
    .send(problemDocument(refusal));
}

function toProblem(error: unknown, request: FastifyRequest): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((each) => ({
      path: each.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: each.message ?? 'not valid',
    }));
    const body = error.validationContext === 'body';
    const first = errors[0];
    const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
    return problem(body ? 422 : 400, 'invalid', `Not valid: ${where}${first?.message ?? ''}`, errors);
  }
  if (isUnstorableText(error))
    return problem(
      422,
      'invalid',
      'The request holds characters that cannot be stored, such as U+0000: leave them out',
    );
  const status = statusOf(error);
  const known = isResponseSerializationError(error) ? undefined : REFUSALS.get(status);
  if (known !== undefined) return problem(status, known[0], known[1]);
  request.log.error({ err: error }, 'request failed');
  if (status === 503) return problem(503, 'unavailable', 'The server cannot answer now: try again in a moment');
  return problem(500, 'internal', `Something went wrong here; the server's log has it under ${request.id}`);
}

/** SQLSTATE character_not_in_repertoire and untranslatable_character (PostgreSQL manual, appendix A): its text holds every character but U+0000. */
function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '22021' || error.code === '22P05');
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}
