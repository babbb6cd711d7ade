export { MISSED_REPORTS } from './agent-signals.ts';
export { type Assessment, assess } from './assess.ts';
export type { AgentContact, AppraisalSummary, AssessInput, LiveThreat } from './assess-input.ts';
export {
  type AttestationInput,
  type KeyInFleet,
  type NewestStatement,
  NO_ATTESTATION,
} from './attestation-input.ts';
export { NETWORK_QUIET_HOURS } from './network-threats.ts';
export { judgeKey, type KeyJudgement } from './shared-key.ts';
export { THREAT_TYPES } from './threat-types.ts';
