import { Report, type ReportAck } from '@vedette/contracts';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { TransportAnswer } from '../transport.ts';

/**
 * A server in a few lines, written from the protocol and not from the real server: what it applied, in which order, and which bytes it
 * ever saw under each sequence number. It does not check signatures; the test over HTTP does.
 */
export class ModelServer {
  readonly applied: { readonly sequence: number; readonly jws: string; readonly report: Report }[] = [];
  readonly acknowledged = new Set<number>();
  readonly bytesSeen = new Map<number, Set<string>>();
  /** Refuses everything with this code, while set. */
  refuseAll: string | null = null;
  /** Pretends to have lost the report heartbeats rest on. */
  forgetFull = false;

  receive(jws: string): TransportAnswer {
    const report = Report.parse(decodeJwt(jws));
    const seen = this.bytesSeen.get(report.sequence) ?? new Set();
    this.bytesSeen.set(report.sequence, seen.add(jws));
    if (this.refuseAll !== null) return refusal(this.refuseAll);
    if (decodeProtectedHeader(jws).kid !== report.deviceId) return refusal('wrong-device');
    const last = this.applied.at(-1)?.sequence ?? 0;
    const before = this.applied.find(({ sequence }) => sequence === report.sequence);
    if (before !== undefined) return before.jws === jws ? this.#ack(report, true) : refusal('sequence-conflict');
    if (report.sequence <= last) return refusal('replay');
    this.applied.push({ sequence: report.sequence, jws, report });
    return this.#ack(report, false);
  }

  #ack(report: Report, duplicate: boolean): TransportAnswer {
    const known =
      report.type === 'full' ||
      (!this.forgetFull && this.applied.some(({ report: { reportId } }) => reportId === report.basedOn));
    this.acknowledged.add(report.sequence);
    const ack: ReportAck = {
      reportId: report.reportId,
      sequence: report.sequence,
      duplicate,
      resendFull: !known,
      serverTime: '2026-11-22T12:00:00.000Z',
      standing: null,
    };
    return { kind: 'answered', status: 200, body: JSON.stringify(ack), retryAfterSeconds: null };
  }
}

function refusal(code: string): TransportAnswer {
  const problem = { type: 'about:blank', title: code, status: 409, detail: `refused: ${code}`, code };
  return { kind: 'answered', status: 409, body: JSON.stringify(problem), retryAfterSeconds: null };
}
