import type { AgentRefusal } from '@vedette/contracts';
import { HttpProblem } from '../../http/problem.ts';

const STATUS = {
  malformed: 400,
  'too-large': 413,
  'unknown-device': 404,
  'bad-signature': 401,
  'wrong-device': 403,
  replay: 409,
  'sequence-conflict': 409,
  'token-invalid': 403,
  'token-expired': 403,
  'token-used-up': 403,
  'device-retired': 410,
  'rate-limited': 429,
  'challenge-unknown': 409,
  'challenge-expired': 410,
  'challenge-used': 409,
  'attestation-required': 403,
  'attestation-refused': 403,
} as const satisfies Record<AgentRefusal, number>;

/** Who is being refused, as far as it is known when the refusal is decided. */
export interface RefusedSender {
  readonly tenantId: string;
  readonly deviceId: string | null;
}

/** A refusal of what an agent sent. `sender` is set once the tenant is known: the refusal is then kept for the administrators to see. */
export class AgentRefused extends HttpProblem {
  readonly refusal: AgentRefusal;
  readonly sender: RefusedSender | null;
  constructor(refusal: AgentRefusal, detail: string, sender: RefusedSender | null = null) {
    super(STATUS[refusal], refusal, detail);
    this.refusal = refusal;
    this.sender = sender;
  }
}
