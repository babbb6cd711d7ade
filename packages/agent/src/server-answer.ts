import {
  AgentRefusal,
  Challenge,
  EnrolmentResponse,
  NetworkSetup,
  Problem,
  ReportAck,
  StatementAnswer,
} from '@vedette/contracts';
import type { TransportAnswer } from './transport.ts';

/** What an answer means: a value, a refusal the protocol knows, or "try again" (also for everything that is not from a Vedette server). */
export type ServerAnswer<T> =
  | { readonly outcome: 'accepted'; readonly value: T }
  | { readonly outcome: 'refused'; readonly code: AgentRefusal; readonly detail: string }
  | { readonly outcome: 'retry'; readonly detail: string; readonly afterMs: number | null };

export function readEnrolmentAnswer(answer: TransportAnswer): ServerAnswer<EnrolmentResponse> {
  return readAnswer(answer, (body) => EnrolmentResponse.safeParse(body).data);
}

/** An acknowledgement counts only for the report that was sent: a proxy's cached page or a mixed-up answer must not remove another. */
export function readReportAnswer(
  answer: TransportAnswer,
  sent: { readonly reportId: string; readonly sequence: number },
): ServerAnswer<ReportAck> {
  return readAnswer(answer, (body) => {
    const ack = ReportAck.safeParse(body).data;
    return ack?.reportId === sent.reportId && ack.sequence === sent.sequence ? ack : undefined;
  });
}

/** A challenge counts only for what was asked for. */
export function readChallengeAnswer(
  answer: TransportAnswer,
  asked: Pick<Challenge, 'kind' | 'session'>,
): ServerAnswer<Challenge> {
  return readAnswer(answer, (body) => {
    const challenge = Challenge.safeParse(body).data;
    return challenge?.kind === asked.kind && challenge.session === asked.session ? challenge : undefined;
  });
}

export function readStatementAnswer(answer: TransportAnswer): ServerAnswer<StatementAnswer> {
  return readAnswer(answer, (body) => StatementAnswer.safeParse(body).data);
}

export function readNetworkAnswer(answer: TransportAnswer): ServerAnswer<NetworkSetup> {
  return readAnswer(answer, (body) => NetworkSetup.safeParse(body).data);
}

function readAnswer<T>(answer: TransportAnswer, parse: (body: unknown) => T | undefined): ServerAnswer<T> {
  if (answer.kind === 'unreachable') return { outcome: 'retry', detail: answer.detail, afterMs: null };
  const afterMs = answer.retryAfterSeconds === null ? null : answer.retryAfterSeconds * 1000;
  const body = parseJson(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    const value = parse(body);
    if (value !== undefined) return { outcome: 'accepted', value };
    return { outcome: 'retry', detail: 'the answer is not from a Vedette server', afterMs };
  }
  const problem = Problem.safeParse(body).data;
  const code = AgentRefusal.safeParse(problem?.code).data;
  if (problem === undefined || code === undefined || code === 'rate-limited' || answer.status >= 500)
    return { outcome: 'retry', detail: problem?.detail ?? `the server answered ${answer.status}`, afterMs };
  return { outcome: 'refused', code, detail: problem.detail };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
